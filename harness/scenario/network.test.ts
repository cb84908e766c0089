import type { Edge, System } from '#harness/contract/system.ts'
import { library } from '#harness/serve/example-contract.ts'
import { edgeOf, outerEdge } from './network.ts'

const part = { port: 1, environment: {}, contract: library }

function town(...edges: readonly Edge[]): System {
  const components = { reader: { environment: {} }, school: { environment: {} }, archive: part, library: part }
  return { name: 'town', components, edges, startOrder: Object.keys(components), agreements: [] }
}

const reader = { consumer: 'reader', provider: 'library' }
const school = { consumer: 'school', provider: 'library' }
const archive = { consumer: 'archive', provider: 'library' }
const isRun = (name: string): boolean => name === 'archive' || name === 'library'

test.each<[string, readonly Edge[], Edge]>([
  ['the one that is declared', [reader], reader],
  ['the one that the stack does not run', [archive, reader], reader],
  ['anyone, where several could be', [reader, school, archive], { consumer: '(anyone)', provider: 'library' }],
  ['the only one there is, though the stack runs it', [archive], archive],
  ['anyone, where nobody is declared', [], { consumer: '(anyone)', provider: 'library' }],
])('who calls from outside is %s', (_what, edges, expected) => {
  expect(outerEdge(town(...edges), 'library', isRun)).toEqual(expected)
})

test('an edge that is not declared is refused', () => {
  expect(edgeOf(town(reader), 'reader', 'library')).toEqual(reader)
  expect(() => edgeOf(town(reader), 'school', 'library')).toThrow('town declares no edge school -> library.')
})
