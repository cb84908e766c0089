import type { Failure } from './failure.ts'

/** What the fields of this page take. A provider says what is wrong in words for programs. */
const words: Readonly<Record<string, string>> = {
  email: 'Write an e-mail address, such as ann@example.com.',
  password: 'A password has 8 characters at least.',
  title: 'Write a title of 1 to 200 characters.',
}

/** What is wrong with a field of a form: `body.title` is that of the field `title`. */
export function mistakeIn(failure: Failure | undefined, field: string): string | undefined {
  if (failure?.kind !== 'invalid') return undefined
  const found = failure.fields.find((mistake) => fieldOf(mistake) === field)
  return found && (words[field] ?? found.message)
}

/** Whether a form says all that a failure has to say at its own fields. */
export function isSaidByFields(failure: Failure, fields: readonly string[]): boolean {
  if (failure.kind !== 'invalid' || failure.fields.length === 0) return false
  return failure.fields.every((mistake) => fields.includes(fieldOf(mistake)))
}

function fieldOf({ field }: Readonly<{ field: string }>): string {
  return field.split('.').at(-1) ?? ''
}
