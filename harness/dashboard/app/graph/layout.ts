import { columnsOf, stationsOf, type Columns, type Slot } from './columns.ts'
import { pathThrough, pointOn, type Point } from './curve.ts'
import { portsOf, type Box, type End } from './ports.ts'
import { ranksOf, type Arrow } from './ranks.ts'

export type PlacedNode = Box & Readonly<{ name: string }>
/** `label` is where something can be written on the arrow, near who calls. */
export type PlacedArrow = Readonly<{ name: string; path: string; label: Point }>

export type Layout = Readonly<{
  width: number
  height: number
  /** As high as it would be with room between its nodes. */
  tall: number
  nodes: readonly PlacedNode[]
  arrows: readonly PlacedArrow[]
}>

/** The room that there is, and how large a node is, in pixels. */
export type Room = Readonly<{ width: number; height: number; nodeWidth: number; nodeHeight: number }>

const margin = 14
const passingHeight = 20
const gap = { least: 96, most: 280 } as const
const space = { least: 22, usual: 40, most: 64 } as const
const labelAt = 0.22

/** Places a graph: callers left, those that they call right. It may be larger than the room, for the viewer to scale. */
export function layoutOf(nodes: readonly string[], arrows: readonly Arrow[], room: Room): Layout {
  const joining = arrows.filter(({ from, to }) => from !== to && nodes.includes(from) && nodes.includes(to))
  const ranks = ranksOf(nodes, joining)
  const columns = columnsOf(joining, ranks)
  const height = Math.max(room.height, ...columns.map((column) => tallness(column, room, space.least) + 2 * margin))
  const step = columnStep(columns.length, room)
  const boxes = placed(columns, { ...room, height }, step)
  return {
    width: Math.max(0, columns.length - 1) * step + room.nodeWidth + 2 * margin,
    height,
    tall: Math.max(...columns.map((column) => tallness(column, room, space.usual))) + 4 * margin,
    nodes: nodes.flatMap((name) => {
      const box = boxes.get(name)
      return box ? [{ name, ...box }] : []
    }),
    arrows: drawn(joining, ranks, boxes),
  }
}

function columnStep(count: number, { width, nodeWidth }: Room): number {
  const free = width - 2 * margin - count * nodeWidth
  return nodeWidth + between(count > 1 ? free / (count - 1) : 0, gap)
}

function between(value: number, { least, most }: Readonly<{ least: number; most: number }>): number {
  return Math.min(most, Math.max(least, value))
}

function heightOf(slot: Slot, { nodeHeight }: Room): number {
  return slot.kind === 'node' ? nodeHeight : passingHeight
}

function tallness(column: readonly Slot[], room: Room, spacing: number): number {
  return column.reduce((sum, slot) => sum + heightOf(slot, room), 0) + spacing * Math.max(0, column.length - 1)
}

/** Each column is spread around the middle. */
function placed(columns: Columns, room: Room, step: number): ReadonlyMap<string, Box> {
  const boxes = new Map<string, Box>()
  for (const [index, column] of columns.entries()) {
    const free = room.height - 2 * margin - tallness(column, room, 0)
    const spacing = between(free / Math.max(1, column.length), space)
    let y = (room.height - tallness(column, room, spacing)) / 2
    for (const slot of column) {
      const height = heightOf(slot, room)
      boxes.set(slot.key, { x: margin + index * step, y, width: room.nodeWidth, height })
      y += height + spacing
    }
  }
  return boxes
}

function drawn(
  arrows: readonly Arrow[],
  ranks: ReadonlyMap<string, number>,
  boxes: ReadonlyMap<string, Box>,
): readonly PlacedArrow[] {
  const ports = portsOf(
    arrows.flatMap((arrow) => endsOf(arrow, stationsOf(arrow, ranks), boxes)),
    boxes,
  )
  return arrows.map((arrow) => {
    const passed = stationsOf(arrow, ranks)
      .slice(1, -1)
      .flatMap((key) => crossing(boxes.get(key), isForward(arrow, ranks)))
    const ends = [ports.get(`${arrow.name} begin`), ports.get(`${arrow.name} end`)] as const
    const points = [ends[0], ...passed, ends[1]].filter((point) => point !== undefined)
    return { name: arrow.name, path: pathThrough(points), label: pointOn(points, labelAt) }
  })
}

function isForward({ from, to }: Arrow, ranks: ReadonlyMap<string, number>): boolean {
  return (ranks.get(from) ?? 0) < (ranks.get(to) ?? 0)
}

/** A column that is passed is crossed level. */
function crossing(box: Box | undefined, forward: boolean): readonly Point[] {
  if (!box) return []
  const y = box.y + box.height / 2
  const sides = [
    { x: box.x, y },
    { x: box.x + box.width, y },
  ]
  return forward ? sides : sides.toReversed()
}

function endsOf(arrow: Arrow, stations: readonly string[], boxes: ReadonlyMap<string, Box>): readonly End[] {
  const middle = (key: string | undefined): number => {
    const box = boxes.get(key ?? '')
    return box ? box.y + box.height / 2 : 0
  }
  const forward = (boxes.get(arrow.from)?.x ?? 0) < (boxes.get(arrow.to)?.x ?? 0)
  return [
    { key: `${arrow.name} begin`, node: arrow.from, side: forward ? 'right' : 'left', towards: middle(stations[1]) },
    { key: `${arrow.name} end`, node: arrow.to, side: forward ? 'left' : 'right', towards: middle(stations.at(-2)) },
  ]
}
