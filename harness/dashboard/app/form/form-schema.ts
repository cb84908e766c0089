/** The part of JSON Schema (draft 2020-12) that forms are made of. */
export type FormSchema = Readonly<{
  $ref?: string
  $defs?: Readonly<Record<string, FormSchema>>
  type?: string | readonly string[]
  description?: string
  format?: string
  pattern?: string
  const?: unknown
  enum?: readonly unknown[]
  anyOf?: readonly FormSchema[]
  oneOf?: readonly FormSchema[]
  allOf?: readonly FormSchema[]
  items?: FormSchema
  minItems?: number
  properties?: Readonly<Record<string, FormSchema>>
  required?: readonly string[]
  default?: unknown
  minimum?: number
  maximum?: number
}>

/** A schema with its local references followed, `allOf` of one and unions with null taken apart. */
export type PlainSchema = Readonly<{ schema: FormSchema; nullable: boolean }>

/** Follows `#/$defs/…` of the root, and tells whether null is allowed beside the one other alternative. */
export function plain(schema: FormSchema, root: FormSchema): PlainSchema {
  const meant = referred(schema, root) ?? only(schema.allOf)
  if (meant) return plain({ ...meant, ...described(schema) }, root)
  if (Array.isArray(schema.type)) return typed(schema, schema.type)
  const other = only(schema.anyOf?.filter(({ type }) => type !== 'null'))
  if (!other) return { schema, nullable: false }
  return { schema: plain({ ...other, ...described(schema) }, root).schema, nullable: true }
}

function referred({ $ref = '' }: FormSchema, root: FormSchema): FormSchema | undefined {
  const name = /^#\/\$defs\/(.+)$/.exec($ref)?.[1]
  return name === undefined ? undefined : root.$defs?.[name]
}

function only<T>(items: readonly T[] | undefined): T | undefined {
  return items?.length === 1 ? items[0] : undefined
}

/** `type: ['string', 'null']` is a string that may be null. Several types beside null are left to JSON. */
function typed({ type: _type, ...schema }: FormSchema, types: readonly string[]): PlainSchema {
  const others = types.filter((type) => type !== 'null')
  const [other] = others
  const nullable = others.length < types.length
  return { schema: other !== undefined && others.length === 1 ? { ...schema, type: other } : schema, nullable }
}

function described({ description, default: standard }: FormSchema): FormSchema {
  return { ...(description !== undefined && { description }), ...(standard !== undefined && { default: standard }) }
}
