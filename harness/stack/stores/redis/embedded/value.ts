/** What a key holds. Texts are bytes, one per character. */
export type Value =
  | { type: 'string'; text: string }
  | { type: 'hash'; fields: Map<string, string> }
  | { type: 'set'; members: Set<string> }
  | { type: 'list'; items: string[] }
  | { type: 'zset'; scores: Map<string, number> }

export type ValueType = Value['type']
export type ValueOf<Type extends ValueType> = Extract<Value, { type: Type }>

/** A value of each type with nothing in it. */
export const EMPTY: { readonly [Type in ValueType]: () => ValueOf<Type> } = {
  string: () => ({ type: 'string', text: '' }),
  hash: () => ({ type: 'hash', fields: new Map() }),
  set: () => ({ type: 'set', members: new Set() }),
  list: () => ({ type: 'list', items: [] }),
  zset: () => ({ type: 'zset', scores: new Map() }),
}

/** Whether a collection has nothing left in it: then its key goes. An empty string is still a value. */
export function isSpent(value: Value): boolean {
  switch (value.type) {
    case 'string':
      return false
    case 'hash':
      return value.fields.size === 0
    case 'set':
      return value.members.size === 0
    case 'list':
      return value.items.length === 0
    case 'zset':
      return value.scores.size === 0
    default:
      return value satisfies never
  }
}
