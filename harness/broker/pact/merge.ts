import { canonical, isObject, type PactContent } from './content.ts'

/**
 * Puts the interactions of one pact into another, as the Pact Broker does: one with the same description and states replaces
 * the one that is there.
 */
export function mergePacts(old: PactContent, added: PactContent): PactContent {
  const lists = ['interactions', 'messages'].filter((key) => Array.isArray(old[key]) || Array.isArray(added[key]))
  return { ...old, ...Object.fromEntries(lists.map((key) => [key, mergeLists(old[key], added[key])])) }
}

function mergeLists(old: unknown, added: unknown): readonly unknown[] {
  const merged = new Map<string, unknown>()
  for (const list of [old, added]) {
    if (Array.isArray(list)) for (const one of list) merged.set(keyOf(one), one)
  }
  return [...merged.values()]
}

function keyOf(interaction: unknown): string {
  if (!isObject(interaction)) return canonical(interaction)
  const states = interaction['providerStates'] ?? interaction['providerState'] ?? interaction['provider_state'] ?? []
  return canonical([interaction['description'], states])
}
