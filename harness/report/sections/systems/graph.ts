import { markup, type Markup } from '../../html/markup.ts'
import type { SystemGraph } from './data.ts'
import { columnsOf, laneKey, type Item } from './lanes.ts'
import { portsOf, type Ports } from './ports.ts'
import { ranksOf } from './ranks.ts'

type Node = SystemGraph['nodes'][number]
type Edge = SystemGraph['edges'][number]
type Box = Readonly<{ node: Node; x: number; y: number; height: number; column: number }>

const width = 176
const gapX = 116
const gapY = 28
const portGap = 24
/** How far from its consumer an edge has its label. */
const labelAway = 30
const margin = 16

/** A system as a picture: boxes for components, from left to right as they call, and a curve for each edge. */
export function systemGraph(graph: SystemGraph): Markup {
  const layout = layOut(graph)
  const boxes = [...layout.boxes.values()]
  const ports = portsOf(graph.edges, layout.boxes)
  const right = Math.max(0, ...boxes.map(({ x }) => x)) + width + margin
  const { bottom } = layout
  const title = `${graph.name}: ${graph.nodes.length} components, ${graph.edges.length} edges`
  return markup`<div class="scroll"><svg class="graph" width="${right}" height="${bottom}" viewBox="0 0 ${right} ${bottom}" role="img" aria-label="${title}">${heads(graph.name)}${graph.edges.map((edge, index) => curve({ edge, index, ports: ports[index], system: graph.name }, layout))}${boxes.map(box)}</svg></div>`
}

type Layout = Readonly<{ boxes: ReadonlyMap<string, Box>; lanes: ReadonlyMap<string, number>; bottom: number }>

/** Gives each component its place, and each edge its height where it passes between components. */
function layOut(graph: SystemGraph): Layout {
  const names = graph.nodes.map(({ name }) => name)
  const ranks = ranksOf(names, graph.edges)
  const columns = columnsOf(graph, ranks, (node) => boxHeight(node, endsBeside(node.name, graph.edges, ranks)))
  const heightOf = (items: readonly Item[]): number => items.reduce((sum, { height }) => sum + height + gapY, -gapY)
  const tallest = Math.max(0, ...columns.map(heightOf))
  const boxes = new Map<string, Box>()
  const lanes = new Map<string, number>()
  columns.forEach((items, column) => {
    let y = margin + (tallest - heightOf(items)) / 2
    for (const { key, height } of items) {
      const node = graph.nodes.find(({ name }) => name === key)
      if (node) boxes.set(key, { node, x: xOf(column), y, height, column })
      else lanes.set(key, y + height / 2)
      y += height + gapY
    }
  })
  return { boxes, lanes, bottom: tallest + 2 * margin }
}

function xOf(column: number): number {
  return margin + column * (width + gapX)
}

/** High enough for what is written in it, and for its edges to keep apart. */
function boxHeight({ stores }: Node, ends: number): number {
  return Math.max(stores.length > 0 ? 66 : 48, ends * portGap + 8)
}

/** How many edges end on that side of a component on which there are more. */
function endsBeside(name: string, edges: readonly Edge[], ranks: ReadonlyMap<string, number>): number {
  const others = edges.flatMap(({ consumer, provider }) =>
    consumer === name ? [provider] : provider === name ? [consumer] : [],
  )
  const right = others.filter((other) => (ranks.get(other) ?? 0) > (ranks.get(name) ?? 0)).length
  return Math.max(right, others.length - right)
}

function box({ node, x, y, height }: Box): Markup {
  const what = node.kind === 'service' ? `${node.operations} operations` : node.kind
  return markup`<g class="node ${node.kind}"><title>${node.name}: ${what}${node.stores.length > 0 && `, ${node.stores.join(', ')}`}</title><rect x="${x}" y="${y}" width="${width}" height="${height}" rx="8"/><text class="name" x="${x + 12}" y="${y + 20}">${node.name}</text><text x="${x + 12}" y="${y + 37}">${what}</text>${node.stores.length > 0 && markup`<text class="stores" x="${x + 12}" y="${y + 54}">${node.stores.join(' · ')}</text>`}</g>`
}

type Way = Readonly<{ edge: Edge; index: number; ports: Ports | undefined; system: string }>

function curve({ edge, index, ports, system }: Way, { boxes, lanes }: Layout): Markup | undefined {
  const from = boxes.get(edge.consumer)
  const to = boxes.get(edge.provider)
  if (!from || !to || !ports) return undefined
  const step = from.column < to.column ? 1 : -1
  const [near, far] = step === 1 ? [0, width] : [width, 0]
  const points: [x: number, y: number][] = [[from.x + far, ports.leaves]]
  for (let column = from.column + step; column * step < to.column * step; column += step) {
    const y = lanes.get(laneKey(index, column)) ?? ports.reaches
    points.push([xOf(column) + near, y], [xOf(column) + far, y])
  }
  points.push([to.x + near, ports.reaches])
  const label = edge.state === 'passes on' ? undefined : String(edge.interactions)
  const kind = edge.state.replace(' ', '-')
  const title = `${edge.consumer} -> ${edge.provider}: ${label === undefined ? '' : `${label} interactions, `}${edge.state}`
  return markup`<g class="edge ${kind}"><title>${title}</title><path d="${pathThrough(points)}" marker-end="url(#head-${system}-${kind})"/>${label !== undefined && pill(label, from.x + far + step * labelAway, ports.leaves)}</g>`
}

/** Curves between columns, straight lines through them. */
function pathThrough(points: readonly (readonly [x: number, y: number])[]): string {
  return points
    .map(([x, y], index) => {
      const before = points[index - 1]
      if (!before) return `M${x} ${y}`
      const middle = (before[0] + x) / 2
      return `C${middle} ${before[1]} ${middle} ${y} ${x} ${y}`
    })
    .join(' ')
}

function pill(label: string, x: number, y: number): Markup {
  const half = 8 + label.length * 4
  return markup`<rect class="pill" x="${x - half}" y="${y - 10}" width="${half * 2}" height="20" rx="10"/><text class="count" x="${x}" y="${y + 4}" text-anchor="middle">${label}</text>`
}

function heads(name: string): Markup {
  const kinds = ['verified', 'differs', 'unverified', 'passes-on']
  return markup`<defs>${kinds.map((kind) => markup`<marker id="head-${name}-${kind}" class="edge ${kind}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto"><path class="head" d="M0 0 L8 4 L0 8 z"/></marker>`)}</defs>`
}
