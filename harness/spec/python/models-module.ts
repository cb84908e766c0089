import type { SchemaBook } from '../schema-book.ts'
import { nameOfReference, type SpecSchema } from '../spec-schema.ts'
import { importLines } from './imports.ts'
import { modelName } from './names.ts'
import { isPlain, pythonType } from './python-type.ts'
import { newScope } from './scope.ts'
import { docstring } from './text.ts'

/** `models.py`: the named shapes of a system, which several components may have in common. */
export function modelsModule(book: SchemaBook, title: string): string {
  const definitions = Object.entries(book.definitions()).filter(([, schema]) => !isPlain(schema))
  const scope = newScope(book, new Map(definitions.map(([name, schema]) => [modelName(name), schema])))
  const isClass = ([, schema]: [string, SpecSchema]): boolean => schema.properties !== undefined
  for (const [name, schema] of definitions.filter(isClass)) scope.declare(modelName(name), schema)
  const aliases = inOrder(definitions.filter((definition) => !isClass(definition)))
  const lines = aliases.map(([name, schema]) => `${modelName(name)} = ${pythonType(schema, modelName(name), scope)}`)
  const classes = scope.classes().flatMap((text) => [...text, '', ''])
  const body = [...classes, ...lines].join('\n').trimEnd()
  return [...docstring([title], 0), '', ...importLines(body, []), '', '', `${body}\n`].join('\n')
}

/** Aliases are evaluated as they come: each after those that it is made of. */
function inOrder(aliases: readonly [string, SpecSchema][]): readonly [string, SpecSchema][] {
  const left = new Map(aliases)
  const sorted: [string, SpecSchema][] = []
  function place(name: string): void {
    const schema = left.get(name)
    if (!schema) return
    left.delete(name)
    for (const reference of JSON.stringify(schema).matchAll(/"\$ref":"([^"]+)"/g))
      place(nameOfReference(reference[1] ?? ''))
    sorted.push([name, schema])
  }
  for (const [name] of aliases) place(name)
  return sorted
}
