import type { System } from '#harness/contract/system.ts'
import { library } from '#harness/serve/example-contract.ts'
import { checkKind, foreignUrl, isLive, kindName, stackTitle, type StackKind } from './kinds.ts'

const part = { port: 1, environment: {}, contract: library }
const town: System = {
  name: 'town',
  components: { reader: { environment: {} }, library: part, archive: part, museum: part },
  edges: [],
  startOrder: ['library', 'archive', 'museum', 'reader'],
  agreements: [],
}

test.each<[StackKind, string]>([
  ['live', 'town on live'],
  ['msw', 'town on msw'],
  [{ live: ['archive'] }, 'town with archive live, the others mocks'],
  [{ live: ['archive', 'museum'] }, 'town with archive and museum live, the others mocks'],
  [
    { live: ['archive'], urls: { museum: 'http://127.0.0.1:1' } },
    'town with archive live, museum elsewhere, the others mocks',
  ],
  [{ live: [], urls: { museum: 'http://127.0.0.1:1' } }, 'town with museum elsewhere, the others mocks'],
  [{ live: ['library', 'archive', 'museum'] }, 'town with library, archive and museum live'],
])('%j is called "%s"', (kind, title) => {
  expect(stackTitle(town, kind)).toBe(title)
  expect(title).toContain(kindName(town, kind))
  expect(() => checkKind(town, kind)).not.toThrow()
})

test('a component is live where the kind says so', () => {
  expect([isLive('live', 'museum'), isLive('mock', 'museum'), isLive('msw', 'museum')]).toEqual([true, false, false])
  expect([isLive({ live: ['museum'] }, 'museum'), isLive({ live: ['museum'] }, 'archive')]).toEqual([true, false])
})

test('a component is elsewhere where the kind says so', () => {
  const kind = { live: ['archive'], urls: { museum: 'http://127.0.0.1:1' } }
  expect([foreignUrl(kind, 'museum'), foreignUrl(kind, 'archive'), foreignUrl('live', 'museum')]).toEqual([
    'http://127.0.0.1:1',
    undefined,
    undefined,
  ])
})

test('a kind names components that others may call', () => {
  expect(() => checkKind(town, { live: ['reader'] })).toThrow('town/reader has no contract and cannot run.')
  expect(() => checkKind(town, { live: ['muesum'] })).toThrow('Name one of library, archive, museum.')
  expect(() => checkKind(town, { live: [], urls: { reader: 'http://127.0.0.1:1' } })).toThrow('town/reader has no')
  expect(() => checkKind(town, { live: [] })).toThrow('Say "mock" instead.')
})
