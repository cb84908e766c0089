import { markup, type Markup } from '../../html/markup.ts'
import type { SystemGraph } from './data.ts'
import { portsOf, type Ports } from './ports.ts'
import { ranksOf } from './ranks.ts'

type Node = SystemGraph['nodes'][number]
type Box = Readonly<{ node: Node; x: number; y: number; height: number; column: number }>

const width = 176
const gapX = 116
const gapY = 28
const margin = 16
/** Where on its way an edge has its label. */
const labelAt = 0.5

/** A system as a picture: boxes for components, from left to right as they call, and a curve for each edge. */
export function systemGraph(graph: SystemGraph): Markup {
  const boxes = placeBoxes(graph)
  const ports = portsOf(graph.edges, boxes)
  const right = Math.max(...[...boxes.values()].map(({ x }) => x)) + width + margin
  const bottom = Math.max(...[...boxes.values()].map(({ y, height }) => y + height)) + margin
  const title = `${graph.name}: ${graph.nodes.length} components, ${graph.edges.length} edges`
  return markup`<div class="scroll"><svg class="graph" width="${right}" height="${bottom}" viewBox="0 0 ${right} ${bottom}" role="img" aria-label="${title}">${heads(graph.name)}${graph.edges.map((edge, index) => curve({ edge, ports: ports[index], system: graph.name }, boxes))}${[...boxes.values()].map(box)}</svg></div>`
}

function placeBoxes(graph: SystemGraph): ReadonlyMap<string, Box> {
  const ranks = ranksOf(
    graph.nodes.map(({ name }) => name),
    graph.edges,
  )
  const columns = Map.groupBy(graph.nodes, ({ name }) => ranks.get(name) ?? 0)
  const heightOf = (nodes: readonly Node[]): number => nodes.reduce((sum, node) => sum + boxHeight(node) + gapY, -gapY)
  const tallest = Math.max(...[...columns.values()].map(heightOf))
  const boxes = new Map<string, Box>()
  for (const [column, nodes] of columns) {
    let y = margin + (tallest - heightOf(nodes)) / 2
    for (const node of nodes) {
      boxes.set(node.name, { node, x: margin + column * (width + gapX), y, height: boxHeight(node), column })
      y += boxHeight(node) + gapY
    }
  }
  return boxes
}

function boxHeight({ stores }: Node): number {
  return stores.length > 0 ? 66 : 48
}

function box({ node, x, y, height }: Box): Markup {
  const what = node.kind === 'service' ? `${node.operations} operations` : node.kind
  return markup`<g class="node ${node.kind}"><title>${node.name}: ${what}${node.stores.length > 0 && `, ${node.stores.join(', ')}`}</title><rect x="${x}" y="${y}" width="${width}" height="${height}" rx="8"/><text class="name" x="${x + 12}" y="${y + 20}">${node.name}</text><text x="${x + 12}" y="${y + 37}">${what}</text>${node.stores.length > 0 && markup`<text class="stores" x="${x + 12}" y="${y + 54}">${node.stores.join(' · ')}</text>`}</g>`
}

type Edge = SystemGraph['edges'][number]
type Curve = Readonly<{ edge: Edge; ports: Ports | undefined; system: string }>

function curve({ edge, ports, system }: Curve, boxes: ReadonlyMap<string, Box>): Markup | undefined {
  const from = boxes.get(edge.consumer)
  const to = boxes.get(edge.provider)
  if (!from || !to || !ports) return undefined
  const isForward = from.column < to.column
  const [x1, x2] = isForward ? [from.x + width, to.x] : [from.x, to.x + width]
  const { leaves: y1, reaches: y2 } = ports
  const bend = Math.max(36, Math.abs(x2 - x1) / 2) * (isForward ? 1 : -1)
  const label = edge.state === 'passes on' ? undefined : String(edge.interactions)
  const kind = edge.state.replace(' ', '-')
  const title = `${edge.consumer} -> ${edge.provider}: ${label === undefined ? '' : `${label} interactions, `}${edge.state}`
  return markup`<g class="edge ${kind}"><title>${title}</title><path d="M${x1} ${y1} C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}" marker-end="url(#head-${system}-${kind})"/>${label !== undefined && pill(label, x1 + (x2 - x1) * labelAt, y1 + (y2 - y1) * labelAt)}</g>`
}

function pill(label: string, x: number, y: number): Markup {
  const half = 8 + label.length * 4
  return markup`<rect class="pill" x="${x - half}" y="${y - 10}" width="${half * 2}" height="20" rx="10"/><text class="count" x="${x}" y="${y + 4}" text-anchor="middle">${label}</text>`
}

function heads(name: string): Markup {
  const kinds = ['verified', 'differs', 'unverified', 'passes-on']
  return markup`<defs>${kinds.map((kind) => markup`<marker id="head-${name}-${kind}" class="edge ${kind}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto"><path class="head" d="M0 0 L8 4 L0 8 z"/></marker>`)}</defs>`
}
