/** A box of the picture, by its column and where it stands. */
export type Stand = Readonly<{ column: number; y: number; height: number }>
type Edges = readonly Readonly<{ consumer: string; provider: string }>[]

/** The heights at which an edge leaves its consumer and reaches its provider. */
export type Ports = Readonly<{ leaves: number; reaches: number }>

/**
 * Spreads the edges over the sides of the boxes at which they end, in the order of where they lead, so that few cross and none
 * hides another. Gives one entry for each edge, in order; an edge between boxes that are not there has none.
 */
export function portsOf(edges: Edges, boxes: ReadonlyMap<string, Stand>): readonly (Ports | undefined)[] {
  const sides = new Map<string, { index: number; toward: number }[]>()
  edges.forEach(({ consumer, provider }, index) => {
    const [from, to] = [boxes.get(consumer), boxes.get(provider)]
    if (!from || !to) return
    sideOf(sides, consumer, from.column < to.column).push({ index, toward: middleOf(to) })
    sideOf(sides, provider, to.column < from.column).push({ index, toward: middleOf(from) })
  })
  function heightOn(name: string, box: Stand, index: number): number | undefined {
    for (const side of [sides.get(`${name} right`), sides.get(`${name} left`)]) {
      const sorted = side?.toSorted((a, b) => a.toward - b.toward || a.index - b.index)
      const at = sorted?.findIndex((one) => one.index === index) ?? -1
      if (sorted && at !== -1) return box.y + (box.height * (at + 1)) / (sorted.length + 1)
    }
    return undefined
  }
  return edges.map(({ consumer, provider }, index) => {
    const [from, to] = [boxes.get(consumer), boxes.get(provider)]
    const leaves = from && heightOn(consumer, from, index)
    const reaches = to && heightOn(provider, to, index)
    return leaves === undefined || reaches === undefined ? undefined : { leaves, reaches }
  })
}

function sideOf<T>(sides: Map<string, T[]>, name: string, isRight: boolean): T[] {
  const key = `${name} ${isRight ? 'right' : 'left'}`
  const side = sides.get(key) ?? []
  sides.set(key, side)
  return side
}

function middleOf({ y, height }: Stand): number {
  return y + height / 2
}
