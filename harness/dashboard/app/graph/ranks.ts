/** An arrow of a graph, from who calls to who is called. */
export type Arrow = Readonly<{ name: string; from: string; to: string }>

/**
 * The column of each node, callers before those that they call. Circles are broken by the greedy order of Eades, Lin and
 * Smyth (1993): of what is left, sinks come last, sources first, then who calls more than it is called.
 */
export function ranksOf(nodes: readonly string[], arrows: readonly Arrow[]): ReadonlyMap<string, number> {
  const order = greedyOrder(nodes, arrows)
  const place = new Map(order.map((node, index) => [node, index]))
  const isForward = ({ from, to }: Arrow): boolean => (place.get(from) ?? 0) < (place.get(to) ?? 0)
  const forward = arrows.filter(isForward)
  const ranks = new Map<string, number>()
  for (const node of order) {
    const before = forward.filter(({ to }) => to === node).map(({ from }) => (ranks.get(from) ?? 0) + 1)
    ranks.set(node, Math.max(0, ...before))
  }
  return ranks
}

function greedyOrder(nodes: readonly string[], arrows: readonly Arrow[]): readonly string[] {
  const left = new Set(nodes)
  const first: string[] = []
  const last: string[] = []
  const among = (): readonly Arrow[] => arrows.filter(({ from, to }) => from !== to && left.has(from) && left.has(to))
  while (left.size > 0) {
    const rest = among()
    const sink = [...left].find((node) => !rest.some(({ from }) => from === node))
    const source = [...left].find((node) => !rest.some(({ to }) => to === node))
    const next = source ?? sink ?? mostCalling([...left], rest)
    if (next === undefined) break
    left.delete(next)
    if (source === undefined && sink !== undefined) last.unshift(next)
    else first.push(next)
  }
  return [...first, ...last]
}

function mostCalling(nodes: readonly string[], arrows: readonly Arrow[]): string | undefined {
  const surplus = (node: string): number =>
    arrows.filter(({ from }) => from === node).length - arrows.filter(({ to }) => to === node).length
  return nodes.toSorted((a, b) => surplus(b) - surplus(a))[0]
}
