import type { Finding } from '#harness/contract/finding.ts'
import type { System } from '#harness/contract/system.ts'
import type { Mock, MockOptions, StartedMock } from '#harness/mock/mock.ts'
import { mockOptions } from '#harness/pact/replay/open-target.ts'
import { loadMock } from '#harness/project/mocks.ts'
import type { Part, PartOptions } from './part.ts'

/** A mock that requests can reach. Disposing takes it away from there. */
export type HostedMock = StartedMock & Readonly<{ url: string }>

/** What carries requests to a mock: a port, or this process. */
export type MockHost = (name: string, mock: Mock, options: MockOptions) => Promise<HostedMock>

/** A component as its mock. A mock that goes down forgets everything, as a process does. */
export async function startMockPart(
  system: System,
  name: string,
  { host, ...given }: PartOptions & { host: MockHost },
): Promise<Part> {
  const mock = await loadMock(system.name, name)
  const known = await mockOptions(system, name)
  const findings: Finding[] = []
  const options = {
    ...known,
    peers: given.peers,
    environment: { ...known.environment, ...given.environment },
    onFinding: (finding: Finding) => void findings.push(finding),
  }
  let hosted: HostedMock | undefined = await host(name, mock, options)
  function up(): HostedMock {
    if (!hosted) throw new TypeError(`${system.name}/${name} is down. Start it first.`)
    return hosted
  }
  async function end(): Promise<void> {
    const ending = hosted
    hosted = undefined
    await ending?.[Symbol.asyncDispose]()
  }
  return {
    kind: 'mock',
    url: () => hosted?.url,
    setUp: async (state, params) => up().setUp(state, params),
    quiet: async () => hosted?.quiet(),
    async reset() {
      const ended = up().reset()
      findings.length = 0
      await ended
    },
    async start() {
      hosted ??= await host(name, mock, options)
    },
    stop: end,
    kill: end,
    log: () => [],
    findings: () => [...findings],
    stores: [],
    [Symbol.asyncDispose]: end,
  }
}
