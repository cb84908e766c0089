import type { Arrow } from './ranks.ts'

/** What takes a place in a column: a node, or an arrow that passes it by. */
export type Slot =
  | Readonly<{ kind: 'node'; key: string; name: string }>
  | Readonly<{ kind: 'passing'; key: string; arrow: string }>

export type Columns = readonly (readonly Slot[])[]

/** How often the columns are put in order again, to and fro. */
const sweeps = 8

/** The key of the place where an arrow passes a column. */
export function passingKey(arrow: string, column: number): string {
  return `${arrow}@${column}`
}

/** The keys of the places that an arrow goes through, from its begin to its end. */
export function stationsOf({ name, from, to }: Arrow, ranks: ReadonlyMap<string, number>): readonly string[] {
  const start = ranks.get(from) ?? 0
  const end = ranks.get(to) ?? 0
  const step = Math.sign(end - start)
  const between = Array.from({ length: Math.max(0, Math.abs(end - start) - 1) }, (_, index) =>
    passingKey(name, start + step * (index + 1)),
  )
  return [from, ...between, to]
}

/** The columns from left to right, each ordered so that arrows cross little (barycentres, Sugiyama 1981). */
export function columnsOf(arrows: readonly Arrow[], ranks: ReadonlyMap<string, number>): Columns {
  const neighbours = neighboursOf(arrows, ranks)
  let columns = unordered(arrows, ranks)
  for (let sweep = 0; sweep < sweeps; sweep++) {
    const order = new Map(columns.flatMap((column) => column.map(({ key }, index) => [key, index / column.length])))
    const towards = sweep % 2 === 0 ? -1 : 1
    columns = columns.map((column, index) => {
      const near = new Set(columns[index + towards]?.map(({ key }) => key))
      return sorted(column, (key) => (neighbours.get(key) ?? []).filter((other) => near.has(other)), order)
    })
  }
  return columns
}

function unordered(arrows: readonly Arrow[], ranks: ReadonlyMap<string, number>): Columns {
  const columns: Slot[][] = Array.from({ length: Math.max(-1, ...ranks.values()) + 1 }, () => [])
  for (const [name, rank] of ranks) columns[rank]?.push({ kind: 'node', key: name, name })
  for (const arrow of arrows) {
    for (const key of stationsOf(arrow, ranks).slice(1, -1))
      columns[Number(key.slice(key.lastIndexOf('@') + 1))]?.push({ kind: 'passing', key, arrow: arrow.name })
  }
  return columns
}

function neighboursOf(arrows: readonly Arrow[], ranks: ReadonlyMap<string, number>): ReadonlyMap<string, string[]> {
  const neighbours = new Map<string, string[]>()
  const join = (a: string, b: string): void => void neighbours.set(a, [...(neighbours.get(a) ?? []), b])
  for (const arrow of arrows) {
    const stations = stationsOf(arrow, ranks)
    for (const [index, station] of stations.entries()) {
      const next = stations[index + 1]
      if (next === undefined) continue
      join(station, next)
      join(next, station)
    }
  }
  return neighbours
}

type Near = (key: string) => readonly string[]

function sorted(column: readonly Slot[], near: Near, order: ReadonlyMap<string, number>): readonly Slot[] {
  const weight = ({ key }: Slot): number => {
    const places = near(key).map((other) => order.get(other) ?? 0)
    return places.length === 0 ? (order.get(key) ?? 0) : places.reduce((sum, place) => sum + place, 0) / places.length
  }
  return column.toSorted((a, b) => weight(a) - weight(b))
}
