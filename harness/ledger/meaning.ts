import type { ContractDescription } from '#harness/impact/description/description.ts'
import { stableJson } from '#harness/impact/diff/json.ts'
import { digestOf } from './digest.ts'

/** What of a contract a pact uses. */
export type Used = Readonly<{ operations: readonly string[]; states: readonly string[] }>

/** What only people read, and how a thing is called that is told apart by its place. */
const silent = new Set(['description', 'title', 'examples', 'deprecated'])

/** A digest of what a contract means to whom uses this of it: other operations, words and formatting do not count. */
export function meaningOf(contract: ContractDescription, { operations, states }: Used): string {
  const parts = { operations: pick(contract.operations, operations), states: pick(contract.states, states) }
  const definitions = new Set<string>()
  let text = stableJson(withoutWords(parts))
  for (let fresh = namesIn(text); fresh.length > 0;) {
    const added = fresh.filter((name) => !definitions.has(name))
    for (const name of added) definitions.add(name)
    const more = stableJson(withoutWords(pick(contract.definitions, added)))
    if (added.length > 0) text += more
    fresh = added.length > 0 ? namesIn(more) : []
  }
  return digestOf(text)
}

function pick<T>(record: Readonly<Record<string, T>>, names: readonly string[]): Readonly<Record<string, T>> {
  return Object.fromEntries(
    [...new Set(names)].toSorted().flatMap((name) => (name in record ? [[name, record[name] as T]] : [])),
  )
}

function namesIn(text: string): readonly string[] {
  return [...text.matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)].map(([, name = '']) => name).toSorted()
}

/** What stands below these are names, which may be called as keywords are. */
const named = new Set(['properties', 'operations', 'states', 'events', 'send', 'receive', 'replies'])

function withoutWords(value: unknown, isNames = false): unknown {
  if (Array.isArray(value)) return value.map((item) => withoutWords(item))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => isNames || !silent.has(key))
      .map(([key, item]) => [key, withoutWords(item, named.has(key) && !isNames)]),
  )
}
