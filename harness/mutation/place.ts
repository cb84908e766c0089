import { isPlainObject } from '#harness/contract/example.ts'

/** Stands for every item of a list, where any other step is the key of a field. */
export const each: unique symbol = Symbol('every item')

/** Where a field is in a JSON value, as a contract sees it: lists are one step, however long they are. */
export type Steps = readonly (string | typeof each)[]

/** What is done to a field, or to an item of a list: its owner and key are given. */
export type Change = (owner: Record<PropertyKey, unknown>, key: PropertyKey) => void

/** A JSON value that may be replaced as a whole. */
export type Holder = { value: unknown }

/** Changes what is at a place, in place. Gives how many values it changed; what is not there is left alone. */
export function changeAt(holder: Holder, steps: Steps, change: Change): number {
  return changeIn(holder as unknown as Record<PropertyKey, unknown>, ['value', ...steps], change)
}

function changeIn(owner: Record<PropertyKey, unknown>, [step, ...rest]: Steps, change: Change): number {
  if (step === undefined) return 0
  const keys = step === each ? Object.keys(owner) : Object.hasOwn(owner, step) ? [step] : []
  return keys.reduce((count, key) => count + changeOne(owner, key, { rest, change }), 0)
}

function changeOne(
  owner: Record<PropertyKey, unknown>,
  key: string,
  { rest, change }: Readonly<{ rest: Steps; change: Change }>,
): number {
  if (rest.length === 0) {
    change(owner, key)
    return 1
  }
  const value = owner[key]
  const fits = rest[0] === each ? Array.isArray(value) : isPlainObject(value)
  return fits ? changeIn(value as Record<PropertyKey, unknown>, rest, change) : 0
}

/** `.data[].title`: the place as findings have it, behind what it is in. */
export function placeText(steps: Steps): string {
  return steps.map((step) => (step === each ? '[]' : /^[A-Za-z_]\w*$/.test(step) ? `.${step}` : `['${step}']`)).join('')
}

/** Takes the field away. */
export const removed: Change = (owner, key) => {
  delete owner[key]
}

/** Gives the field another name. */
export function renamed(name: string): Change {
  return (owner, key) => {
    owner[name] = owner[key]
    delete owner[key]
  }
}

/** Makes another value out of the field's own. */
export function turned(turn: (value: unknown) => unknown): Change {
  return (owner, key) => {
    owner[key] = turn(owner[key])
  }
}
