import type { SystemGraph } from './data.ts'
import { systemGraph } from './graph.ts'
import { portsOf } from './ports.ts'

const names = ['proxy', 'page', 'service']
const graph: SystemGraph = {
  name: 'shop',
  nodes: names.map((name) => ({ name, kind: 'service', operations: 1, stores: [] })),
  edges: [
    ['proxy', 'page'],
    ['page', 'service'],
    ['proxy', 'service'],
  ].map(([consumer = '', provider = '']) => ({ consumer, provider, interactions: 3, state: 'verified' })),
}

/** The points of each edge's path. */
function paths(of: SystemGraph): readonly (readonly (readonly number[])[])[] {
  const found = [...systemGraph(of).text.matchAll(/<path d="(M[^"]+)" marker-end/g)].map(([, path = '']) => path)
  return found.map((path) =>
    path
      .split(/[MC]/)
      .filter(Boolean)
      .map((part) => part.trim().split(' ').map(Number).slice(-2)),
  )
}

test('an edge that passes a component goes around it', () => {
  const box = /<title>page: [^<]*<\/title><rect x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)"/.exec(
    systemGraph(graph).text,
  )
  const [x = 0, y = 0, width = 0, height = 0] = (box ?? []).slice(1).map(Number)
  const over = (paths(graph)[2] ?? []).filter(([at = 0]) => at >= x && at <= x + width)
  expect(over).toHaveLength(2)
  for (const [, at = 0] of over) expect(at).toBeGreaterThan(y + height)
})

test('edges that end on one side of a component keep apart', () => {
  const boxes = new Map([
    ['a', { column: 0, y: 0, height: 60 }],
    ['b', { column: 0, y: 100, height: 60 }],
    ['c', { column: 1, y: 50, height: 60 }],
  ])
  const edges = [
    { consumer: 'b', provider: 'c' },
    { consumer: 'a', provider: 'c' },
    { consumer: 'c', provider: 'a' },
    { consumer: 'a', provider: 'nowhere' },
  ]
  expect(portsOf(edges, boxes)).toEqual([
    { leaves: 130, reaches: 95 },
    { leaves: 20, reaches: 65 },
    { leaves: 80, reaches: 40 },
    undefined,
  ])
})

test('a system that has nothing to draw is drawn all the same', () => {
  const { text } = systemGraph({ name: 'empty', nodes: [], edges: [] })
  expect(text).toContain('0 components, 0 edges')
  expect(text).not.toMatch(/Infinity|NaN/)
})
