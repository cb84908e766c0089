import type { SystemGraph } from './data.ts'

/** Something that takes room in a column: a component, or an edge that passes between components on its way. */
export type Item = Readonly<{ key: string; height: number }>

const laneHeight = 18

/** What an edge is called within a column that it passes. */
export function laneKey(edge: number, column: number): string {
  return `lane ${edge} ${column}`
}

/**
 * The columns of the picture with what stands in each from top to bottom: its components, and lanes for the edges that pass
 * it. Lanes lie below, so that what is called directly stays in line, in the order of where they come from.
 */
export function columnsOf(
  { nodes, edges }: SystemGraph,
  ranks: ReadonlyMap<string, number>,
  heightOf: (node: SystemGraph['nodes'][number]) => number,
): readonly (readonly Item[])[] {
  const count = Math.max(0, ...ranks.values()) + 1
  const order = new Map(nodes.map(({ name }, index) => [name, index]))
  const passing = edges
    .map((edge, index) => ({ ...edge, index }))
    .toSorted((a, b) => (order.get(a.consumer) ?? 0) - (order.get(b.consumer) ?? 0))
  return Array.from({ length: count }, (_, column) => [
    ...nodes
      .filter(({ name }) => ranks.get(name) === column)
      .map((node) => ({ key: node.name, height: heightOf(node) })),
    ...passing
      .filter(({ consumer, provider }) => {
        const [a, b] = [ranks.get(consumer) ?? 0, ranks.get(provider) ?? 0]
        return column > Math.min(a, b) && column < Math.max(a, b)
      })
      .map(({ index }) => ({ key: laneKey(index, column), height: laneHeight })),
  ])
}
