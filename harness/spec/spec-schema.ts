/** A JSON Schema (draft 2020-12) as it stands in a document: named schemas by reference to `#/components/schemas/…`. */
export type SpecSchema = Readonly<{
  $ref?: string
  type?: string | readonly string[]
  description?: string
  format?: string
  pattern?: string
  const?: unknown
  enum?: readonly unknown[]
  anyOf?: readonly SpecSchema[]
  oneOf?: readonly SpecSchema[]
  allOf?: readonly SpecSchema[]
  items?: SpecSchema
  properties?: Readonly<Record<string, SpecSchema>>
  required?: readonly string[]
  additionalProperties?: SpecSchema | boolean
  default?: unknown
}>

const prefix = '#/components/schemas/'

/** The name that a reference has. */
export function nameOfReference(reference: string): string {
  return reference.slice(prefix.length)
}

/** A reference to a named schema. */
export function referenceTo(name: string): string {
  return `${prefix}${name}`
}
