import { isPlainObject } from '#harness/contract/example.ts'

/** What is done to a field: its owner and key are given. */
export type FieldChange = (owner: Record<string, unknown>, key: string) => void

/**
 * Changes fields of a JSON value in place. A place is written like `data[].title`: `[]` stands for every item.
 * Gives how many fields it changed; a field that is not there is left alone.
 */
export function changeField(value: unknown, place: string, change: FieldChange): number {
  const [head = '', ...rest] = place.split('.')
  const isList = head.endsWith('[]')
  const key = isList ? head.slice(0, -2) : head
  const at = key === '' ? value : isPlainObject(value) ? value[key] : undefined
  if (isList)
    return (Array.isArray(at) ? at : []).reduce<number>(
      (count, item) => count + changeField(item, rest.join('.'), change),
      0,
    )
  if (rest.length > 0) return changeField(at, rest.join('.'), change)
  if (!isPlainObject(value) || !(key in value)) return 0
  change(value, key)
  return 1
}

/** Takes the field away. */
export const drop: FieldChange = (owner, key) => {
  delete owner[key]
}

/** Gives the field another name. */
export function rename(to: string): FieldChange {
  return (owner, key) => {
    owner[to] = owner[key]
    delete owner[key]
  }
}

/** Gives the field another value. */
export function set(value: unknown): FieldChange {
  return (owner, key) => {
    owner[key] = value
  }
}

/** Makes another value out of the field's own. */
export function turn(change: (value: unknown) => unknown): FieldChange {
  return (owner, key) => {
    owner[key] = change(owner[key])
  }
}
