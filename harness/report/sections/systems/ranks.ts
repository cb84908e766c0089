type Edges = readonly Readonly<{ consumer: string; provider: string }>[]

/**
 * The column of each node, from those that only call on the left to those that are only called on the right. Components
 * of a ring lie side by side: the one that has most to do with the others on the right of them.
 */
export function ranksOf(names: readonly string[], edges: Edges): ReadonlyMap<string, number> {
  const reach = reachability(names, edges)
  const reaches = (from: string, to: string): boolean => reach.get(from)?.has(to) ?? false
  const ringOf = (name: string): readonly string[] =>
    names.filter((other) => other === name || (reaches(name, other) && reaches(other, name)))
  const ranks = new Map<string, number>()
  function place(ring: readonly string[]): void {
    const before = edges.filter(({ consumer, provider }) => ring.includes(provider) && !ring.includes(consumer))
    for (const { consumer } of before) if (!ranks.has(consumer)) place(ringOf(consumer))
    const start = Math.max(-1, ...before.map(({ consumer }) => ranks.get(consumer) ?? -1)) + 1
    for (const [name, offset] of columnsWithin(ring, edges)) ranks.set(name, start + offset)
  }
  for (const name of names) if (!ranks.has(name)) place(ringOf(name))
  return ranks
}

function reachability(names: readonly string[], edges: Edges): ReadonlyMap<string, ReadonlySet<string>> {
  const reach = new Map(names.map((name) => [name, new Set<string>()]))
  for (const { consumer, provider } of edges) reach.get(consumer)?.add(provider)
  for (const through of names)
    for (const from of names)
      if (reach.get(from)?.has(through)) for (const to of reach.get(through) ?? []) reach.get(from)?.add(to)
  return reach
}

/** Steps from the busiest of a ring, counted from the farthest. */
function columnsWithin(ring: readonly string[], edges: Edges): ReadonlyMap<string, number> {
  const inner = edges.filter(({ consumer, provider }) => ring.includes(consumer) && ring.includes(provider))
  const degree = (name: string): number =>
    inner.filter((edge) => edge.consumer === name || edge.provider === name).length
  const hub = ring.toSorted((a, b) => degree(b) - degree(a))[0] ?? ''
  const steps = new Map([[hub, 0]])
  for (const [name, step] of steps) {
    const beside = inner.flatMap(({ consumer, provider }) =>
      consumer === name ? [provider] : provider === name ? [consumer] : [],
    )
    // A map that grows while it is walked: the walk is breadth first.
    for (const other of beside) if (!steps.has(other)) steps.set(other, step + 1)
  }
  const farthest = Math.max(...steps.values())
  return new Map([...steps].map(([name, step]) => [name, farthest - step]))
}
