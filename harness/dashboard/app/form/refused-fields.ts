import type { Mistakes } from './draft.ts'

/** What a refusal says about the values of a form: by field, and what belongs to none of them. */
export type RefusedFields = Readonly<{ byField: Mistakes; others: readonly string[] }>

type Detail = Readonly<{ field: string; message: string }>

/** Sorts the details of a refusal (`body.title`, `todos.0.title`) to the fields that they belong to. */
export function refusedFields(details: readonly Detail[], fields: readonly string[]): RefusedFields {
  const byField: Record<string, string> = {}
  const others: string[] = []
  for (const { field, message } of details) {
    const path = field.split(/[.[\]/]+/).filter((part) => part !== '' && part !== '$')
    const at = path.findIndex((part) => fields.includes(part))
    const name = path[at]
    if (name === undefined) others.push(`${field}: ${message}`)
    else {
      const below = path.slice(at + 1).join('.')
      const text = below === '' ? message : `${below}: ${message}`
      byField[name] = byField[name] === undefined ? text : `${byField[name]} · ${text}`
    }
  }
  return { byField, others }
}
