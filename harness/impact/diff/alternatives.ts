import { nameOfReference, type SpecSchema } from '#harness/spec/spec-schema.ts'

/** Named schemas that others refer to. */
export type Definitions = Readonly<Record<string, SpecSchema>>

/** Any keyword: those that are not looked into are compared as they stand. */
export type AnySchema = SpecSchema & Readonly<Record<string, unknown>>

export type SchemaType = 'null' | 'boolean' | 'string' | 'number' | 'array' | 'object' | 'any'

/** One of the shapes that a schema takes, of one type. */
export type Alternative = Readonly<{ type: SchemaType; schema: AnySchema; reference: string | undefined }>

const types: Readonly<Record<string, SchemaType>> = {
  null: 'null',
  boolean: 'boolean',
  string: 'string',
  number: 'number',
  integer: 'number',
  array: 'array',
  object: 'object',
}

/**
 * The shapes that a schema takes: references followed, `anyOf`, `oneOf`, lists of types and lists of values taken apart.
 * @throws TypeError where a reference leads nowhere.
 */
export function alternativesOf(
  schema: SpecSchema | boolean | undefined,
  definitions: Definitions,
): readonly Alternative[] {
  if (schema === false) return []
  if (schema === undefined || schema === true) return [anything]
  return expand(schema as AnySchema, definitions, undefined)
}

const anything: Alternative = { type: 'any', schema: {}, reference: undefined }

function expand(schema: AnySchema, definitions: Definitions, reference: string | undefined): readonly Alternative[] {
  if (schema.$ref !== undefined) return referred(schema, schema.$ref, definitions)
  const { anyOf, oneOf, type, ...rest } = schema
  const branches = anyOf ?? oneOf
  if (branches) return branches.flatMap((branch) => expand(merged(rest, branch as AnySchema), definitions, reference))
  if (type === undefined) return untyped(rest, reference)
  return [type].flat().map((name) => ofType(name, rest, reference))
}

/** What stands beside a reference holds too, and is the stricter one: `{ $ref: Title, maxLength: 50 }`. */
function referred(schema: AnySchema, reference: string, definitions: Definitions): readonly Alternative[] {
  const name = nameOfReference(reference)
  const definition = definitions[name]
  if (!definition) throw new TypeError(`a schema refers to "${name}", which is not described.`)
  const { $ref: _reference, description: _said, default: _default, ...beside } = schema
  const found = expand(definition as AnySchema, definitions, name)
  if (Object.keys(beside).length === 0) return found
  return found.map(({ type, schema: own }) => ({ type, schema: { ...own, ...beside }, reference: undefined }))
}

/** What stands beside `anyOf` holds for each branch; descriptions do not. */
function merged(rest: AnySchema, branch: AnySchema): AnySchema {
  const { description: _said, ...constraints } = rest
  return Object.keys(constraints).length === 0 ? branch : { ...constraints, ...branch }
}

function ofType(name: string, rest: AnySchema, reference: string | undefined): Alternative {
  const schema = name === 'integer' ? { ...rest, type: 'integer' } : rest
  return { type: types[name] ?? 'any', schema, reference }
}

/** Without a type, listed values say it themselves. */
function untyped(schema: AnySchema, reference: string | undefined): readonly Alternative[] {
  const values = valuesOf(schema)
  if (values === undefined) return [{ type: 'any', schema, reference }]
  const byType = Map.groupBy(values, typeOfValue)
  return [...byType].map(([type, some]) => ({ type, schema: { enum: some }, reference }))
}

function typeOfValue(value: unknown): SchemaType {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  return types[typeof value] ?? 'any'
}

/** The values that a schema lists; undefined where it lists none. */
export function valuesOf(schema: AnySchema): readonly unknown[] | undefined {
  return 'const' in schema ? [schema.const] : schema.enum
}
