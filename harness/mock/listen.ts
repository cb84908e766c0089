import { listen, type Listening } from '#harness/serve/node/host.ts'
import type { Mock, MockOptions, StartedMock } from './mock.ts'

/** A mock on a port. */
export type ListeningMock = StartedMock & Listening

/** Starts a mock and puts it on a port; loopback and a free port unless told otherwise. */
export async function listenMock(
  mock: Mock,
  options: MockOptions & { port?: number; host?: string } = {},
): Promise<ListeningMock> {
  const { port, host } = options
  const started = mock.start(options)
  const listening = await listen(started.service, {
    ...(port !== undefined && { port }),
    ...(host !== undefined && { host }),
  })
  async function stop(): Promise<void> {
    await listening.stop()
    await started[Symbol.asyncDispose]()
  }
  return { ...started, ...listening, stop, [Symbol.asyncDispose]: stop }
}
