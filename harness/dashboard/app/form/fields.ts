import { plain, type FormSchema } from './form-schema.ts'

/** How a value is given: a line of text, a number, one of several, or anything as JSON. */
export type Input =
  | Readonly<{ kind: 'text'; format: string | undefined; pattern: string | undefined }>
  | Readonly<{ kind: 'number'; whole: boolean; minimum: number | undefined; maximum: number | undefined }>
  | Readonly<{ kind: 'choice'; options: readonly unknown[] }>
  | Readonly<{ kind: 'json' }>

/** One value that a form asks for. */
export type Field = Readonly<{
  name: string
  input: Input
  required: boolean
  nullable: boolean
  description: string | undefined
  /** With its references followed: what an example is made of. */
  schema: FormSchema
}>

/**
 * The fields of an object's schema, those that are required first. A schema of anything else has none: it is given as one
 * JSON value. Constants are left out: nobody can choose them.
 */
export function fieldsOf(root: FormSchema): readonly Field[] | undefined {
  const { schema } = plain(root, root)
  if (schema.type !== 'object' || !schema.properties || schema.anyOf || schema.oneOf) return undefined
  const required = new Set(schema.required)
  const fields = Object.entries(schema.properties).map(([name, property]) => {
    const { schema: found, nullable } = plain(property, root)
    const { description } = found
    return { name, input: inputOf(found), required: required.has(name), nullable, description, schema: found }
  })
  return [...fields.filter((field) => field.required), ...fields.filter((field) => !field.required)]
}

/** What a choice or JSON is asked for by; a plain line of text where the schema says no more than that. */
export function inputOf(schema: FormSchema): Input {
  if (schema.enum) return { kind: 'choice', options: schema.enum }
  if (schema.const !== undefined) return { kind: 'choice', options: [schema.const] }
  const constants = schema.anyOf?.map((option) => option.const)
  if (constants && constants.every((value) => value !== undefined)) return { kind: 'choice', options: constants }
  switch (schema.type) {
    case 'string':
      return { kind: 'text', format: schema.format, pattern: schema.pattern }
    case 'number':
    case 'integer': {
      const { minimum, maximum } = schema
      return {
        kind: 'number',
        whole: schema.type === 'integer',
        minimum: sensible(minimum),
        maximum: sensible(maximum),
      }
    }
    case 'boolean':
      return { kind: 'choice', options: [true, false] }
    default:
      return { kind: 'json' }
  }
}

/** Bounds of what a number can be at all say nothing. */
function sensible(bound: number | undefined): number | undefined {
  return bound === undefined || Math.abs(bound) >= Number.MAX_SAFE_INTEGER ? undefined : bound
}
