import { layoutOf, type Layout, type Room } from './layout.ts'
import { ranksOf } from './ranks.ts'

const room: Room = { width: 800, height: 300, nodeWidth: 150, nodeHeight: 60 }

function arrows(...pairs: readonly (readonly [string, string])[]) {
  return pairs.map(([from, to]) => ({ name: `${from} → ${to}`, from, to }))
}

/** Everybody calls the hub; the container and its two nodes call each other. */
const ring = {
  nodes: ['hub', 'planner', 'worker', 'container', 'owner'],
  arrows: arrows(
    ['owner', 'hub'],
    ['planner', 'hub'],
    ['planner', 'container'],
    ['worker', 'hub'],
    ['worker', 'container'],
    ['container', 'planner'],
    ['container', 'worker'],
    ['container', 'hub'],
  ),
}

function overlaps({ nodes }: Layout): number {
  const pairs = nodes.flatMap((a, index) => nodes.slice(index + 1).map((b) => [a, b] as const))
  return pairs.filter(([a, b]) => Math.abs(a.x - b.x) < a.width && Math.abs(a.y - b.y) < a.height).length
}

test('callers stand left of those that they call', () => {
  const ranks = ranksOf(['backend', 'frontend', 'proxy'], arrows(['frontend', 'proxy'], ['proxy', 'backend']))
  expect(Object.fromEntries(ranks)).toEqual({ frontend: 0, proxy: 1, backend: 2 })
})

test('a circle is broken where it costs least: whom everybody calls stands last', () => {
  const ranks = ranksOf(ring.nodes, ring.arrows)
  expect(Object.fromEntries(ranks)).toEqual({ owner: 0, planner: 0, worker: 0, container: 1, hub: 2 })
})

test('no nodes overlap, and all is within the picture', () => {
  const layout = layoutOf(ring.nodes, ring.arrows, room)
  expect(overlaps(layout)).toBe(0)
  expect(layout.nodes).toHaveLength(5)
  for (const node of layout.nodes) {
    expect(node.x).toBeGreaterThanOrEqual(0)
    expect(node.y).toBeGreaterThanOrEqual(0)
    expect(node.x + node.width).toBeLessThanOrEqual(layout.width)
    expect(node.y + node.height).toBeLessThanOrEqual(layout.height)
  }
})

test('arrows to and fro have ports of their own, so that none lies upon another', () => {
  const { arrows: placed } = layoutOf(ring.nodes, ring.arrows, room)
  const ends = placed.flatMap(({ path }) => {
    const numbers = path.match(/-?[\d.]+/g) ?? []
    return [numbers.slice(0, 2).join(' '), numbers.slice(-2).join(' ')]
  })
  expect(new Set(ends).size).toBe(2 * ring.arrows.length)
})

test('an arrow over several columns passes the nodes between', () => {
  const layout = layoutOf(ring.nodes, ring.arrows, room)
  const container = layout.nodes.find(({ name }) => name === 'container')!
  const { path } = layout.arrows.find(({ name }) => name === 'owner → hub')!
  const level = Number(/ L [\d.]+ ([\d.]+)/.exec(path)?.[1])
  expect(level < container.y || level > container.y + container.height).toBe(true)
})

test('a picture that needs more room than there is becomes larger', () => {
  const many = Array.from({ length: 12 }, (_, index) => `node ${index}`)
  const layout = layoutOf(['hub', ...many], arrows(...many.map((name) => [name, 'hub'] as const)), room)
  expect(layout.height).toBeGreaterThan(room.height)
  expect(overlaps(layout)).toBe(0)
})

test('one node alone, or none, is a picture too', () => {
  expect(layoutOf(['backend'], [], room).nodes).toHaveLength(1)
  expect(layoutOf([], [], room)).toMatchObject({ nodes: [], arrows: [] })
})
