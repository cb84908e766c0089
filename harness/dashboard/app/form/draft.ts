import { exampleValue, type Chance } from './example-value.ts'
import type { Field } from './fields.ts'
import type { FormSchema } from './form-schema.ts'

/** What stands in the inputs of a form, by the name of the field. */
export type Draft = Readonly<Record<string, string>>

/** What is wrong, by the name of the field. */
export type Mistakes = Readonly<Record<string, string>>

export type ReadDraft =
  | Readonly<{ kind: 'ready'; value: Readonly<Record<string, unknown>> }>
  | Readonly<{ kind: 'mistaken'; mistakes: Mistakes }>

/** The inputs as they begin: what is required is filled in as far as it can be, and what has a default shows it. */
export function firstDraft(fields: readonly Field[], root: FormSchema, chance: Chance): Draft {
  const filled = fields.map((field) => {
    const isFilled = field.required && !field.nullable
    const value = isFilled ? exampleValue(field.schema, root, chance) : field.schema.default
    return [field.name, value === undefined ? '' : inputText(field, value)]
  })
  return Object.fromEntries(filled)
}

/** A value as it stands in the input of its field. */
export function inputText({ input }: Field, value: unknown): string {
  switch (input.kind) {
    case 'text':
    case 'number':
      if (value === null) return ''
      return typeof value === 'string' ? value : JSON.stringify(value)
    case 'choice':
      return JSON.stringify(value)
    case 'json':
      return JSON.stringify(value, null, 2)
    default:
      return input satisfies never
  }
}

/** Reads the inputs; an empty one is left out where it may be, and null where only that fits. */
export function readDraft(fields: readonly Field[], draft: Draft): ReadDraft {
  const value: Record<string, unknown> = {}
  const mistakes: Record<string, string> = {}
  for (const field of fields) {
    const read = readInput(field, draft[field.name] ?? '')
    if (read.kind === 'value') value[field.name] = read.value
    if (read.kind === 'mistake') mistakes[field.name] = read.message
  }
  return Object.keys(mistakes).length > 0 ? { kind: 'mistaken', mistakes } : { kind: 'ready', value }
}

type ReadInput =
  | Readonly<{ kind: 'value'; value: unknown }>
  | Readonly<{ kind: 'absent' }>
  | Readonly<{ kind: 'mistake'; message: string }>

function readInput({ input, required, nullable }: Field, text: string): ReadInput {
  const isEmpty = text.trim() === ''
  if (isEmpty && !required) return { kind: 'absent' }
  if (isEmpty && nullable) return { kind: 'value', value: null }
  switch (input.kind) {
    case 'text':
      return { kind: 'value', value: text }
    case 'number':
      return readNumber(input, text)
    case 'choice':
      return isEmpty ? { kind: 'mistake', message: 'Choose one.' } : { kind: 'value', value: JSON.parse(text) }
    case 'json':
      return readJson(text)
    default:
      return input satisfies never
  }
}

function readNumber({ whole }: Readonly<{ whole: boolean }>, text: string): ReadInput {
  const number = text.trim() === '' ? Number.NaN : Number(text)
  if (!Number.isFinite(number)) return { kind: 'mistake', message: 'Give a number.' }
  if (whole && !Number.isInteger(number)) return { kind: 'mistake', message: 'Give a whole number.' }
  return { kind: 'value', value: number }
}

/** What is wrong with a JSON text; undefined where nothing is. */
export function jsonMistake(text: string): string | undefined {
  const read = readJson(text)
  return read.kind === 'mistake' ? read.message : undefined
}

function readJson(text: string): ReadInput {
  try {
    return { kind: 'value', value: JSON.parse(text) }
  } catch (error) {
    return { kind: 'mistake', message: `No JSON: ${(error as Error).message}` }
  }
}
