import { isPlainObject } from '#harness/contract/example.ts'
import type { JsonSchema } from '#harness/contract/schema.ts'
import { renamed, removed, turned, type Change } from './place.ts'

/** What may be wrong with one value. */
export type ValueMutation = Readonly<{
  class: string
  change: string
  apply: Change
  /** What becomes of a value; undefined where the field itself is gone. */
  turn?: (value: unknown) => unknown
}>

/** What Zod says of limits beside what the engine reads elsewhere. */
type Limited = JsonSchema & Readonly<{ minLength?: number }>

/** All that may be wrong with a field of this schema whose example is this. An item of a list has no name to lose. */
export function valueMutations(schema: JsonSchema, example: unknown, name: string | undefined): ValueMutation[] {
  return [
    ...(name === undefined ? [] : nameMutations(name)),
    ...(example === null ? [] : [turning('C12', 'null', () => null)]),
    ...otherType(example),
    ...ofKind(schema, example),
  ]
}

function turning(label: string, change: string, turn: (value: unknown) => unknown): ValueMutation {
  return { class: label, change, apply: turned(turn), turn }
}

function nameMutations(name: string): ValueMutation[] {
  return [
    { class: 'C8', change: 'removed', apply: removed },
    { class: 'C9', change: `renamed to ${otherCase(name)}`, apply: renamed(otherCase(name)) },
  ]
}

/** The same name as the other half of the world writes it; with a number where both write it alike. */
export function otherCase(name: string): string {
  if (/[a-z]_[a-z]/.test(name)) return name.replaceAll(/_([a-z])/g, (_match, letter: string) => letter.toUpperCase())
  return /[a-z][A-Z]/.test(name) ? name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`) : `${name}_2`
}

function otherType(example: unknown): ValueMutation[] {
  if (example === null) return [turning('C12', 'a text in place of null', () => 'set')]
  if (Array.isArray(example)) return [turning('C7', 'wrapped in an object', (value) => ({ items: value }))]
  if (isPlainObject(example)) return [turning('C7', 'wrapped in a list', (value) => [value])]
  return typeof example === 'string'
    ? [turning('C10', 'a number in place of a text', (value) => (isNumeric(value) ? Number(value) : 7))]
    : [turning('C10', `a text in place of a ${typeof example}`, String)]
}

function isNumeric(value: unknown): boolean {
  return typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value))
}

function ofKind(schema: Limited, example: unknown): ValueMutation[] {
  const allowed = schema.enum ?? ('const' in schema ? [schema.const] : undefined)
  if (allowed) return ofEnum(allowed, example)
  if (Array.isArray(example)) return example.length === 0 ? [] : ofList
  switch (typeof example) {
    case 'number':
      return ofNumber(schema)
    case 'boolean':
      return [turning('C8', 'another value', (value) => value !== true)]
    case 'string':
      return ofText(schema)
    default:
      return []
  }
}

function ofEnum(allowed: readonly unknown[], example: unknown): ValueMutation[] {
  if (typeof example !== 'string') return []
  const other = allowed.find((value) => value !== example)
  return [
    turning('C11', 'a value that is not declared', () => 'not_declared'),
    // Where the reply has it already, any other one will do.
    ...(other === undefined
      ? []
      : [turning('C11', 'another declared value', (value) => allowed.find((one) => one !== value))]),
  ]
}

const ofList: ValueMutation[] = [
  turning('C18', 'emptied', () => []),
  turning('C18', 'first item removed', (value) => (Array.isArray(value) && value.length > 1 ? value.slice(1) : value)),
]

function ofNumber(schema: Limited): ValueMutation[] {
  return [
    ...(schema.type === 'integer'
      ? [turning('C10', 'a fraction in place of an integer', (value) => Number(value) + 0.5)]
      : []),
    turning('C8', 'another value', (value) => nearby(Number(value), schema.type === 'integer')),
  ]
}

/** Another number that keeps what limits most numbers have. */
function nearby(value: number, isInteger: boolean): number {
  if (isInteger) return value + 1
  return value === 0 ? 0.5 : value / 2
}

/** Per format of JSON Schema: a text that has it, other than most, and one that does not. */
const formats: Readonly<Record<string, Readonly<{ other: string; broken: string }>>> = {
  uuid: { other: '5d9f4c1e-7b3a-4f6d-9c2e-8a1b0c3d4e5f', broken: 'id-1' },
  'date-time': { other: '2031-02-03T04:05:06.000Z', broken: '03/02/2031 04:05' },
  date: { other: '2031-02-03', broken: '03/02/2031' },
  uri: { other: 'https://other.example/elsewhere', broken: 'no url' },
  email: { other: 'other@example.org', broken: 'nobody' },
}

function ofText(schema: Limited): ValueMutation[] {
  const emptied = (schema.minLength ?? 0) > 0 ? [turning('C18', 'emptied', () => '')] : []
  const format = formats[schema.format ?? '']
  if (format)
    return [
      turning('C10', `no longer a ${schema.format}`, () => format.broken),
      turning('C8', 'another value', () => format.other),
      ...emptied,
    ]
  if (schema.pattern !== undefined) return [turning('C10', 'out of its pattern', () => '\u00A7 \u00A7'), ...emptied]
  return [turning('C8', 'another value', (value) => `${String(value)}x`), ...emptied]
}
