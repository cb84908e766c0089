import { canonical, interactionId, interactionsOf, isObject, sorted, type PactContent } from './content.ts'

type Json = Readonly<Record<string, unknown>>

/**
 * What differs between two pacts, as lines of text: interactions that came or went, and for those with the same description
 * and states each field that changed. Empty where nothing that matters differs.
 */
export function diffPacts(old: PactContent, now: PactContent): readonly string[] {
  const [before, after] = [byKey(old), byKey(now)]
  const lines: string[] = []
  for (const [key, interaction] of before) {
    const other = after.get(key)
    if (other === undefined) lines.push(`- ${titleOf(interaction)}`)
    else if (interactionId(interaction) !== interactionId(other))
      lines.push(`~ ${titleOf(other)}`, ...fieldDiff(interaction, other, '$').map((line) => `    ${line}`))
  }
  for (const [key, interaction] of after) if (!before.has(key)) lines.push(`+ ${titleOf(interaction)}`)
  return lines
}

function byKey(pact: PactContent): ReadonlyMap<string, Json> {
  return new Map(
    interactionsOf(pact).map((one) => [
      canonical([one['description'], one['providerStates'] ?? one['providerState'] ?? []]),
      one,
    ]),
  )
}

/** An interaction in words: its description and the states it is given. */
export function titleOf(interaction: Json): string {
  const states = interaction['providerStates']
  const given = Array.isArray(states)
    ? states.flatMap((state: unknown) => (isObject(state) && typeof state['name'] === 'string' ? [state['name']] : []))
    : [interaction['providerState']].filter((state) => typeof state === 'string' && state !== '')
  const description = typeof interaction['description'] === 'string' ? interaction['description'] : ''
  return given.length === 0 ? description : `${description} given ${given.join(', ')}`
}

function fieldDiff(old: unknown, now: unknown, path: string): readonly string[] {
  if (canonical(old) === canonical(now)) return []
  if (isObject(old) && isObject(now)) {
    const keys = [...new Set([...Object.keys(old), ...Object.keys(now)])].filter((key) => key !== '_id').toSorted()
    return keys.flatMap((key) => fieldDiff(old[key], now[key], `${path}.${key}`))
  }
  if (Array.isArray(old) && Array.isArray(now))
    return Array.from({ length: Math.max(old.length, now.length) }, (_, index) =>
      fieldDiff(old[index], now[index], `${path}[${index}]`),
    ).flat()
  return [`${path}: ${shown(old)} -> ${shown(now)}`]
}

function shown(value: unknown): string {
  return value === undefined ? '(nothing)' : JSON.stringify(sorted(value))
}
