import { isPlainObject } from '#harness/contract/example.ts'
import { resolveFor } from '#harness/contract/partial.ts'
import { jsonSchemaOf, type JsonSchema, type Schema } from '#harness/contract/schema.ts'

/** A value without the fields that its schema does not have: an example may not have them. */
export function declaredFields(schema: Schema, value: unknown): unknown {
  const root = jsonSchemaOf(schema)
  return keep(root, value, root)
}

function keep(schema: JsonSchema, value: unknown, root: JsonSchema): unknown {
  const at = resolveFor(schema, value, root)
  const { items, properties } = at
  if (Array.isArray(value)) return items ? value.map((item) => keep(items, item, root)) : value
  if (!isPlainObject(value) || !properties) return value
  const further = typeof at.additionalProperties === 'object' ? at.additionalProperties : undefined
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, field]) => {
      const property = properties[key] ?? further
      return property ? [[key, keep(property, field, root)]] : []
    }),
  )
}

/** Refusals of a request for its form. */
const formRefusals: ReadonlySet<number> = new Set([400, 413, 415, 422])

/** A body that was sent, without what the contract does not have, unless that may be why the call was refused. */
export function declaredBody(schema: Schema, value: unknown, status: number): unknown {
  return formRefusals.has(status) ? value : declaredFields(schema, value)
}
