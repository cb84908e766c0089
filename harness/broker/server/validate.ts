import { z } from 'zod'
import { jsonOr } from '#harness/contract/json.ts'
import { invalid } from './refusal.ts'

/** Text on one line that is not blank: names, numbers of versions, tags, branches. */
export const Name = z
  .string('must be a string')
  .refine((text) => text.trim() !== '', 'cannot be blank')
  .refine((text) => !/[\r\n]/.test(text), 'cannot contain a new line character')

/** A web address, or nothing. */
export const OptionalUrl = z
  .string()
  .refine((text) => /^https?:\/\//.test(text) && URL.canParse(text), 'is not a valid URL eg. http://example.org')
  .nullish()

/**
 * Reads a JSON body by a schema.
 * @throws BrokerRefusal 400 with the messages by field.
 */
export function readBody<Schema extends z.ZodType>(schema: Schema, text: string): z.output<Schema> {
  const value = jsonOr(text === '' ? '{}' : text, undefined)
  if (value === undefined) throw invalid(['Error parsing JSON: the body is no JSON'])
  return check(schema, value)
}

/** Checks a value by a schema. @throws BrokerRefusal 400 with the messages by field. */
export function check<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  throw invalid(fieldErrors(parsed.error.issues))
}

/** Messages by the path of their field, as nested objects: `{ contracts: { 0: { content: ["…"] } } }` is `contracts[0].content`. */
export function fieldErrors(issues: readonly z.core.$ZodIssue[]): Readonly<Record<string, string[]>> {
  const errors: Record<string, string[]> = {}
  for (const { path, message } of issues) {
    const field = path.length === 0 ? 'base' : path.map(String).join('.')
    errors[field] = [...(errors[field] ?? []), message]
  }
  return errors
}
