import type { Failure } from './failure.ts'

/** What is wrong with a field of a form: `body.title` is that of the field `title`. */
export function mistakeIn(failure: Failure | undefined, field: string): string | undefined {
  if (failure?.kind !== 'invalid') return undefined
  return failure.fields.find((mistake) => mistake.field.split('.').at(-1) === field)?.message
}

/** Whether a form says all that a failure has to say at its own fields. */
export function isSaidByFields(failure: Failure, fields: readonly string[]): boolean {
  if (failure.kind !== 'invalid' || failure.fields.length === 0) return false
  return failure.fields.every((mistake) => fields.includes(mistake.field.split('.').at(-1) ?? ''))
}
