import type { Finding } from '#harness/contract/finding.ts'
import type { System } from '#harness/contract/system.ts'
import type { Mock, MockOptions, StartedMock } from '#harness/mock/mock.ts'
import { mockOptions } from '#harness/pact/replay/open-target.ts'
import { loadMock } from '#harness/project/mocks.ts'
import type { LocalService } from '#harness/serve/node/host.ts'
import { neverEnds, type Part, type PartOptions } from './part.ts'

/** A mock that requests can reach. Disposing takes it away from there. */
export type HostedMock = StartedMock & Partial<LocalService> & Readonly<{ url: string }>

/** What carries requests to a mock: a port, or this process. */
export type MockHost<Hosted extends HostedMock = HostedMock> = (
  name: string,
  mock: Mock,
  options: MockOptions,
) => Promise<Hosted>

/** A component as its mock. */
export type MockPart<Hosted extends HostedMock> = Part &
  Readonly<{
    /** What hosts it now; undefined while it is down. */
    hosted: () => Hosted | undefined
    /** What it would be started with now. */
    options: (system: System) => Promise<MockOptions>
  }>

async function partMockOptions(
  system: System,
  name: string,
  { peers, environment, backgroundAfter, onFinding, onNotice }: PartOptions,
): Promise<MockOptions> {
  const known = await mockOptions(system, name)
  return {
    ...known,
    peers,
    ...(backgroundAfter && { backgroundAfter }),
    environment: { ...known.environment, ...environment },
    ...(onFinding && { onFinding }),
    ...(onNotice && { onNotice }),
  }
}

/** A component as its mock. A mock that goes down forgets everything, as a process does. */
export async function startMockPart<Hosted extends HostedMock>(
  system: System,
  name: string,
  { host, ...given }: PartOptions & { host: MockHost<Hosted> },
): Promise<MockPart<Hosted>> {
  const findings: Finding[] = []
  function onFinding(finding: Finding): void {
    findings.push(finding)
    given.onFinding?.(finding)
    if (findings.length > mostFindings) findings.shift()
  }
  async function begin(): Promise<Hosted> {
    return host(name, await loadMock(system.name, name), await options(system))
  }
  function options(current: System): Promise<MockOptions> {
    return partMockOptions(current, name, { ...given, onFinding })
  }
  let hosted: Hosted | undefined = await begin()
  function up(): Hosted {
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
    title: () => (hosted ? `mock (seed ${hosted.seed})` : 'mock, down'),
    hosted: () => hosted,
    options,
    url: () => hosted?.url,
    local: () => (hosted && 'take' in hosted ? (hosted as LocalService) : undefined),
    setUp: async (...given) => up().setUp(...given),
    quiet: async () => hosted?.quiet(),
    async reset() {
      const ended = up().reset()
      findings.length = 0
      await ended
    },
    async start() {
      hosted ??= await begin()
    },
    stop: end,
    kill: end,
    log: () => [],
    findings: () => [...findings],
    stores: [],
    ended: neverEnds,
    [Symbol.asyncDispose]: end,
  }
}

/** A stack may run all day. */
const mostFindings = 1000
