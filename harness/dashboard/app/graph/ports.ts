import type { Point } from './curve.ts'

export type Box = Readonly<{ x: number; y: number; width: number; height: number }>

/** One end of an arrow at a node: which side, and the height of what it goes to next. */
export type End = Readonly<{ key: string; node: string; side: 'left' | 'right'; towards: number }>

/** Where each end touches its node: spread over the side, in the order of where they go, so that they do not cross. */
export function portsOf(ends: readonly End[], boxes: ReadonlyMap<string, Box>): ReadonlyMap<string, Point> {
  const ports = new Map<string, Point>()
  for (const side of Map.groupBy(ends, ({ node, side }) => `${side} ${node}`).values()) {
    const ordered = side.toSorted((a, b) => a.towards - b.towards)
    for (const [index, end] of ordered.entries()) {
      const box = boxes.get(end.node)
      if (!box) continue
      const y = box.y + (box.height * (index + 1)) / (ordered.length + 1)
      ports.set(end.key, { x: end.side === 'left' ? box.x : box.x + box.width, y })
    }
  }
  return ports
}
