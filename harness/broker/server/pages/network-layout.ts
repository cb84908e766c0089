type Edge = Readonly<{ consumer: string; provider: string }>

/** Where a pacticipant is drawn. */
export type Place = Readonly<{ name: string; x: number; y: number; width: number; height: number }>

/**
 * Sorts pacticipants into columns: those that nobody calls at the left, each other one right of whom it is called by. Where they call
 * each other in a ring, the ring is cut where it was entered.
 */
export function layersOf(edges: readonly Edge[]): readonly (readonly string[])[] {
  const names = [...new Set(edges.flatMap(({ consumer, provider }) => [consumer, provider]))].toSorted()
  const called = new Set(edges.map(({ provider }) => provider))
  const layer = new Map<string, number>()
  const visit = (name: string, depth: number, path: readonly string[]): void => {
    if (path.includes(name) || (layer.get(name) ?? -1) >= depth) return
    layer.set(name, depth)
    for (const { consumer, provider } of edges) if (consumer === name) visit(provider, depth + 1, [...path, name])
  }
  for (const name of names.filter((one) => !called.has(one))) visit(name, 0, [])
  for (const name of names) if (!layer.has(name)) visit(name, 0, [])
  const columns = Map.groupBy(names, (name) => layer.get(name) ?? 0)
  return [...columns.entries()].toSorted(([a], [b]) => a - b).map(([, column]) => column)
}

const box = { height: 34, gap: 30, column: 90, letter: 8, padding: 24 } as const

/** Gives each pacticipant of the columns its place, and the size of the whole. */
export function placesIn(
  layers: readonly (readonly string[])[],
): Readonly<{ places: ReadonlyMap<string, Place>; width: number; height: number }> {
  const places = new Map<string, Place>()
  const tallest = Math.max(1, ...layers.map((layer) => layer.length))
  const height = tallest * (box.height + box.gap) + box.gap
  let x = box.padding
  for (const layer of layers) {
    const width = Math.max(...layer.map((name) => name.length)) * box.letter + box.padding
    const top = (height - layer.length * (box.height + box.gap) + box.gap) / 2
    for (const [index, name] of layer.entries())
      places.set(name, { name, x, y: top + index * (box.height + box.gap), width, height: box.height })
    x += width + box.column
  }
  return { places, width: Math.max(x - box.column + box.padding, 100), height }
}
