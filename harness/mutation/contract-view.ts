import { isDeepStrictEqual } from 'node:util'
import { jsonCopy } from '#harness/contract/json.ts'
import { partialOf, resolveFor, type Place } from '#harness/contract/partial.ts'
import { jsonSchemaOf, type JsonSchema, type Schema } from '#harness/contract/schema.ts'
import type { Change } from './place.ts'
import type { Seen } from './used-fields.ts'

/** Whether a contract forbids what a change makes of an example. An example may leave fields out, and what it leaves out is nothing that the change did. */
export function forbids(schema: Schema, { body, place }: Seen, apply: Change): boolean {
  const holder = { value: jsonCopy(body.example) }
  const full = ['value', ...place]
  const owner = full
    .slice(0, -1)
    .reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown>)[key], holder) as Record<PropertyKey, unknown>
  apply(owner, full.at(-1) ?? 'value')
  const before = gaps(schema, body.example)
  const after = gaps(schema, holder.value)
  return (
    after.missing.some((missing) => isDeepStrictEqual(missing, place)) ||
    after.wrong.some((wrong) => !before.wrong.some((known) => isDeepStrictEqual(known, wrong)))
  )
}

function gaps(schema: Schema, value: unknown): Readonly<{ missing: readonly Place[]; wrong: readonly Place[] }> {
  const reading = partialOf(schema, value)
  if (reading.kind === 'whole') return { missing: [], wrong: [] }
  return { missing: reading.missing, wrong: reading.wrong.map(({ place }) => place) }
}

/** The schema at a place of an example, alternatives resolved by what the example has there. */
export function schemaAt(schema: Schema, { body, place }: Seen): JsonSchema {
  const root = jsonSchemaOf(schema)
  let at = resolveFor(root, body.example, root)
  let value = body.example
  for (const key of place) {
    value = (value as Record<PropertyKey, unknown>)[key]
    const further = typeof at.additionalProperties === 'object' ? at.additionalProperties : {}
    const below = typeof key === 'number' ? at.items : (at.properties?.[String(key)] ?? further)
    at = resolveFor(below ?? {}, value, root)
  }
  return at
}
