import type { ComponentView, EdgeView, StackView } from '#harness/control/types.ts'
import { anyone } from '#harness/control/shapes.ts'
import { callerName, edgeName } from '../log/edge-name.ts'
import { total, type Tallies, nothing, type Tally } from '../log/tally.ts'
import type { Arrow } from './ranks.ts'

/** Something that calls or is called; who only calls has no component. */
export type GraphNode = Readonly<{ name: string; component: ComponentView | undefined }>
export type GraphEdge = Arrow & Readonly<{ edge: EdgeView; tally: Tally }>
export type Graph = Readonly<{ nodes: readonly GraphNode[]; edges: readonly GraphEdge[] }>

/** The graph of a stack. Callers that could be several are drawn once they have called, or once they meet a fault. */
export function graphOf({ components, edges }: StackView, tallies: Tallies): Graph {
  const drawn = edges
    .map((edge) => {
      const name = edgeName(edge)
      const tally = tallies.get(name) ?? nothing
      return { name, from: callerName(edge.consumer), to: edge.provider, edge, tally }
    })
    .filter(({ edge, tally }) => edge.consumer !== anyone || total(tally) > 0 || edge.faults.length > 0)
  const named = new Map(components.map((component) => [component.name, component]))
  const names = new Set([...drawn.map(({ from }) => from), ...drawn.map(({ to }) => to), ...named.keys()])
  return { nodes: [...names].map((name) => ({ name, component: named.get(name) })), edges: drawn }
}
