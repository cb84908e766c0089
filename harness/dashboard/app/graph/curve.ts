export type Point = Readonly<{ x: number; y: number }>

/** A piece of a path: a curve that begins and ends level, or a line. */
type Piece = Readonly<{ from: Point; to: Point }>

/** An SVG path through points that come in pairs: level curves between the pairs, lines within. */
export function pathThrough(points: readonly Point[]): string {
  const [start] = points
  if (!start) return ''
  const pieces = points.slice(1).map((to, index) => {
    const from = points[index] ?? start
    return index % 2 === 0 ? curveTo({ from, to }) : `L ${numbers(to)}`
  })
  return [`M ${numbers(start)}`, ...pieces].join(' ')
}

/** Where the first curve of such a path is after this share of it. */
export function pointOn([from, to]: readonly Point[], share: number): Point {
  if (!from || !to) return { x: 0, y: 0 }
  const middle = (from.x + to.x) / 2
  return {
    x: bezier([from.x, middle, middle, to.x], share),
    y: bezier([from.y, from.y, to.y, to.y], share),
  }
}

function curveTo({ from, to }: Piece): string {
  const middle = (from.x + to.x) / 2
  return `C ${numbers({ x: middle, y: from.y })} ${numbers({ x: middle, y: to.y })} ${numbers(to)}`
}

function bezier([a, b, c, d]: readonly [number, number, number, number], t: number): number {
  const u = 1 - t
  return u * u * u * a + 3 * u * u * t * b + 3 * u * t * t * c + t * t * t * d
}

function numbers({ x, y }: Point): string {
  return `${Math.round(x * 10) / 10} ${Math.round(y * 10) / 10}`
}
