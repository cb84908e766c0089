import type { AnyContract } from '#harness/contract/contract.ts'
import { signature, type HttpOperation } from '#harness/contract/operation.ts'
import { pascalCase } from '../case.ts'
import { errorPlaces } from '../error-places.ts'
import type { SchemaBook } from '../schema-book.ts'
import type { SchemaNames } from '../schema-names.ts'
import { importLines } from './imports.ts'
import { modelName, takenNames } from './names.ts'
import { operationText } from './operation-text.ts'
import { pythonType } from './python-type.ts'
import { newScope, type Scope } from './scope.ts'
import { bracketed, docstring, indented, pythonString, pythonTuple } from './text.ts'

/** A component and its contract, and what names its shapes. */
export type ComponentSubject = Readonly<{
  component: string
  contract: AnyContract
  book: SchemaBook
  names: SchemaNames
}>

/** `CoordinatorClient`: the class of a component's client. */
export function clientClass(component: string): string {
  return `${pascalCase(component)}Client`
}

/** The module of one component: the shapes of its operations, and its client. */
export function componentModule({ component, contract, book, names }: ComponentSubject): string {
  const reserved = [...takenNames, ...[...names.values()].map(modelName), clientClass(component)]
  const scope = newScope(book, new Map(reserved.map((name) => [name, undefined])))
  const operations = Object.entries(contract.operations).flatMap(([name, operation]) =>
    operation.kind === 'http' ? [operationText({ name, operation: operation as HttpOperation, scope })] : [],
  )
  const shared = sharedText(contract, scope)
  const types = [...scope.classes(), ...operations.flatMap((operation) => operation.types)]
  const body = [
    ...types.flatMap((text) => [...text, '', '']),
    ...shared,
    '',
    ...operations.flatMap(({ constant }) => [...constant, '']),
    '',
    `class ${clientClass(component)}(Client):`,
    ...indented(docstring([`One method for each operation of ${contract.name}.`], 1)),
    '',
    '    _shared = _SHARED',
    ...operations.flatMap(({ method }) => ['', ...indented(method)]),
  ].join('\n')
  return [
    ...moduleDoc(contract),
    '',
    ...importLines(body, scope.used()),
    '',
    ...exportsText([clientClass(component), ...types.map(([first = '', second = '']) => nameOf(first, second))]),
    '',
    '',
    `${body}\n`,
  ].join('\n')
}

function nameOf(...lines: readonly string[]): string {
  return lines.map((line) => /^class (\w+)/.exec(line)?.[1]).find((name) => name !== undefined) ?? ''
}

function exportsText(names: readonly string[]): readonly string[] {
  const open = names.filter((name) => !name.startsWith('_'))
  return bracketed(['__all__ = [', ']'], open.map(pythonString))
}

function sharedText(contract: AnyContract, scope: Scope): readonly string[] {
  const { code, message } = errorPlaces(contract.errors)
  const type = pythonType(scope.book.schemaOf(contract.errors.schema, 'output'), 'Problem', scope)
  const places = [code, message].map((place) => (place ? pythonTuple(place) : 'None'))
  return bracketed(
    ['_SHARED = Shared(', ')'],
    [`ErrorShape(${type}, ${places.join(', ')})`, pythonString(contract.requestIdHeader)],
  )
}

function moduleDoc(contract: AnyContract): readonly string[] {
  const left = Object.entries(contract.operations).filter(([, operation]) => operation.kind !== 'http')
  const said = left.map(([name, operation]) => `${name} (${signature(operation)})`)
  const missing = `Left out, as this package does not read streams and channels: ${said.join(', ')}.`
  return docstring([`Calling ${contract.name}.`, ...(left.length > 0 ? [missing] : [])], 0)
}
