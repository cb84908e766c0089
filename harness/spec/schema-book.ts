import { z } from 'zod'
import type { Schema } from '#harness/contract/schema.ts'
import { referenceTo, type SpecSchema } from './spec-schema.ts'
import type { SchemaNames } from './schema-names.ts'

/** Who looks at a schema: `input` whoever writes such a value, `output` whoever reads it. */
export type Side = 'input' | 'output'

/** Schemas as JSON Schema, the named ones apart. */
export type SchemaBook = Readonly<{
  /** The schema; parts of it that have a name are references. */
  schemaOf: (schema: Schema, side: Side) => SpecSchema
  /** The named schemas that were referred to so far, by name and sorted by it. */
  definitions: () => Readonly<Record<string, SpecSchema>>
}>

function inputName(name: string, schema: Schema | undefined, registry: NamedSchemas): string {
  const sides = schema ? [convert(schema, 'input', registry), convert(schema, 'output', registry)] : []
  return JSON.stringify(sides[0]) === JSON.stringify(sides[1]) ? name : `${name}Input`
}

type Converted = Readonly<{ schema: Json; definitions: Readonly<Record<string, Json>> }>
type Json = Readonly<Record<string, unknown>>

/**
 * Opens a book. A named schema that differs by side, as where it has defaults, is in it twice: the input's name ends with
 * `Input` then.
 */
export function schemaBook(names: SchemaNames): SchemaBook {
  const registry = new NamedSchemas(names)
  const byName = new Map([...names].map(([schema, name]) => [name, schema]))
  const found = new Map<string, SpecSchema>()

  const inputNames = new Map<string, string>()
  function nameOn(side: Side, name: string): string {
    if (side === 'output') return name
    const known = inputNames.get(name) ?? inputName(name, byName.get(name), registry)
    inputNames.set(name, known)
    return known
  }

  function schemaOf(schema: Schema, side: Side): SpecSchema {
    const converted = convert(schema, side, registry)
    for (const [name, definition] of Object.entries(converted.definitions)) {
      const known = nameOn(side, name)
      if (!found.has(known)) found.set(known, withReferences(definition, (to) => nameOn(side, to)) as SpecSchema)
    }
    return withReferences(converted.schema, (to) => nameOn(side, to)) as SpecSchema
  }

  return {
    schemaOf,
    definitions: () => Object.fromEntries([...found].toSorted(([a], [b]) => (a < b ? -1 : 1))),
  }
}

/** What Zod knows of its schemas, and their names as ids: Zod then sets such schemas apart. */
class NamedSchemas extends z.core.$ZodRegistry<Record<string, unknown>> {
  readonly #names: SchemaNames

  constructor(names: SchemaNames) {
    super()
    this.#names = names
  }

  override get<S extends z.core.$ZodType>(schema: S): Record<string, unknown> | undefined {
    const name = this.#names.get(schema as unknown as Schema)
    const known = z.globalRegistry.get(schema)
    return name === undefined ? known : { ...known, id: name }
  }

  override has(schema: z.core.$ZodType): boolean {
    return this.get(schema as never) !== undefined
  }
}

function convert(schema: Schema, side: Side, registry: NamedSchemas): Converted {
  const {
    $schema: _dialect,
    $defs = {},
    ...rest
  } = z.toJSONSchema(schema, {
    io: side,
    unrepresentable: 'any',
    metadata: registry as never,
    override: ({ zodSchema, jsonSchema }) => simplify(zodSchema, jsonSchema as Record<string, unknown>),
  }) as Json & { $defs?: Record<string, Json> }
  return { schema: rest, definitions: $defs }
}

/** Leaves out what says nothing to a reader, or would bind one to more than the contract does. */
function simplify(schema: z.core.$ZodTypes, json: Record<string, unknown>): void {
  // A reader takes fields that it does not know, unless the contract forbids them.
  if (schema._zod.def.type === 'object' && !schema._zod.def.catchall) delete json['additionalProperties']
  if (json['minimum'] === Number.MIN_SAFE_INTEGER) delete json['minimum']
  if (json['maximum'] === Number.MAX_SAFE_INTEGER) delete json['maximum']
  // The format says the same in a word.
  if (json['format'] !== undefined) delete json['pattern']
  if (json['secret'] === true) {
    delete json['secret']
    if (json['type'] === 'string') json['format'] ??= 'password'
  }
  delete json['id']
}

function withReferences(value: unknown, rename: (name: string) => string): unknown {
  if (Array.isArray(value)) return value.map((item) => withReferences(item, rename))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) =>
      key === '$ref' && typeof item === 'string'
        ? [key, referenceTo(rename(targetOf(item)))]
        : [key, withReferences(item, rename)],
    ),
  )
}

function targetOf(reference: string): string {
  const [, name] = /^#\/\$defs\/([A-Za-z]\w*)$/.exec(reference) ?? []
  if (name === undefined)
    throw new TypeError('a schema refers to itself and has no name. Export it from a module of the system.')
  return name
}
