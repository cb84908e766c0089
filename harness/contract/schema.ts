import { z } from 'zod'

/** A Zod 4 schema. */
export type Schema = z.ZodType

/** Named schemas: the parameters of a path, a query, a set of headers or an environment. */
export type Fields = Readonly<Record<string, Schema>>

/** What a caller may give for the fields. */
export type FieldsInput<F extends Fields> = z.input<z.ZodObject<{ -readonly [K in keyof F]: F[K] }>>

/** What a reader gets out of the fields, defaults applied. */
export type FieldsOutput<F extends Fields> = z.output<z.ZodObject<{ -readonly [K in keyof F]: F[K] }>>

/** The part of JSON Schema (draft 2020-12) that Zod emits and the engine reads. */
export type JsonSchema = {
  readonly $ref?: string
  readonly $defs?: Readonly<Record<string, JsonSchema>>
  readonly type?: string
  readonly format?: string
  readonly pattern?: string
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly anyOf?: readonly JsonSchema[]
  readonly oneOf?: readonly JsonSchema[]
  readonly allOf?: readonly JsonSchema[]
  readonly items?: JsonSchema
  readonly prefixItems?: readonly JsonSchema[]
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly required?: readonly string[]
  readonly additionalProperties?: JsonSchema | boolean
  readonly default?: unknown
  readonly secret?: boolean
}

const known = { input: new WeakMap<Schema, JsonSchema>(), output: new WeakMap<Schema, JsonSchema>() }

/**
 * The JSON Schema of a Zod schema, computed once per schema.
 * `input` is what a sender may write, `output` what a reader gets (defaults applied, so always present).
 */
export function jsonSchemaOf(schema: Schema, side: 'input' | 'output' = 'output'): JsonSchema {
  const found = known[side].get(schema)
  if (found) return found
  const made = z.toJSONSchema(schema, { io: side, unrepresentable: 'any' }) as JsonSchema
  known[side].set(schema, made)
  return made
}

/** Marks a schema as holding a secret: its examples must be placeholders, and reports never show its values. */
export function secret<S extends Schema>(schema: S): S {
  return schema.meta({ ...schema.meta(), secret: true }) as S
}

const objects = new WeakMap<Fields, z.ZodObject>()

/** One object schema over named schemas, made once per set of fields. */
export function objectOf(fields: Fields): z.ZodObject {
  const found = objects.get(fields)
  if (found) return found
  const made = z.object({ ...fields })
  objects.set(fields, made)
  return made
}
