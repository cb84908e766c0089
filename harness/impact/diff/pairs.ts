import { valuesOf, type Alternative, type AnySchema } from './alternatives.ts'
import { stableJson } from './json.ts'

/** Shapes of two schemas, put together where they are meant to be the same one. */
export type Pairs = Readonly<{
  both: readonly (readonly [before: Alternative, after: Alternative])[]
  gone: readonly Alternative[]
  come: readonly Alternative[]
}>

/**
 * Puts shapes together: first by their name, then by the value that tells them apart (`{ type: 'token' }`), then those that
 * are left, in order. Lists of values count as one list.
 */
export function pairs(before: readonly Alternative[], after: readonly Alternative[]): Pairs {
  const [old, now] = [[...joined(before)], [...joined(after)]]
  const both: (readonly [Alternative, Alternative])[] = []
  for (const keyOf of [({ reference }: Alternative) => reference, markOf, () => '']) {
    for (const one of old.slice()) {
      const key = keyOf(one)
      const other = key === undefined ? undefined : now.find((candidate) => keyOf(candidate) === key)
      if (!other) continue
      both.push([one, other])
      old.splice(old.indexOf(one), 1)
      now.splice(now.indexOf(other), 1)
    }
  }
  return { both, gone: old, come: now }
}

/** `{ const: 'a' } | { const: 'b' }` is `{ enum: ['a', 'b'] }`. */
function joined(alternatives: readonly Alternative[]): readonly Alternative[] {
  const [first] = alternatives
  const values = alternatives.map(({ schema }) => valuesOf(schema))
  if (!first || values.length < 2 || values.some((some) => some === undefined)) return alternatives
  return [{ ...first, reference: undefined, schema: { enum: values.flatMap((some) => some ?? []) } }]
}

/** The required fields that have one value only, as the mark of a shape. */
function markOf({ schema }: Alternative): string | undefined {
  const required = schema.required ?? []
  const marks = Object.entries(schema.properties ?? {}).filter(
    ([name, field]) => required.includes(name) && valuesOf(field as AnySchema)?.length === 1,
  )
  return marks.length === 0 ? undefined : stableJson(marks.map(([name, field]) => [name, valuesOf(field as AnySchema)]))
}
