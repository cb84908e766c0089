import type { System } from '#harness/contract/system.ts'
import type { Mock, MockOptions } from '#harness/mock/mock.ts'
import { loadMock } from '#harness/project/mocks.ts'
import { listen } from '#harness/serve/node/host.ts'
import { startHotMock, type HotMock, type Replaced } from '../hot/hot-mock.ts'
import { startMockPart, type HostedMock } from './mock-part.ts'
import type { Part, PartOptions } from './part.ts'

/** A mock whose code can be loaded anew. */
export type HotPart = Part &
  Readonly<{
    /**
     * Loads its code and what that needs as they are now; see hot-mock.ts for what becomes of its memory.
     * @throws whatever loading throws; the code of before goes on then.
     */
    reload: (system: System) => Promise<Replaced>
  }>

type HotHosted = HostedMock & Pick<HotMock, 'replace'>

/** A component as its mock on a port, whose code can be loaded anew. */
export async function startHotPart(system: System, name: string, options: PartOptions): Promise<HotPart> {
  const part = await startMockPart(system, name, { ...options, host: hostHot })
  return {
    ...part,
    async reload(current) {
      const mock = await loadMock(current.name, name)
      const hosted = part.hosted()
      if (!hosted) throw new TypeError(`${current.name}/${name} is down. Start it first.`)
      return hosted.replace(mock, await part.options(current))
    },
  }
}

async function hostHot(_name: string, mock: Mock, options: MockOptions): Promise<HotHosted> {
  const started = startHotMock(mock, options)
  const listening = await listen(started.service)
  async function stop(): Promise<void> {
    await listening.stop()
    await started[Symbol.asyncDispose]()
  }
  return { ...started, url: listening.url, take: listening.take, [Symbol.asyncDispose]: stop }
}
