import { setupWorker } from 'msw/browser'
import { http } from 'msw/http'
import { ChannelHandler } from '#harness/mock/msw/channel-handler.ts'
import { connectMock } from './connect-mock.ts'
import { linkToMocks } from './mock-link.ts'
import { requestMock } from './request-mock.ts'

export type MocksInPage = Readonly<{
  /** The script of the worker that the mocks run in. */
  workerUrl: string
  /** The name that its tabs find it by. */
  name: string
  /** Where the page takes the mocks to be. */
  origins: readonly string[]
}>

/** What can be done with the mocks from the console of the browser: `concordat.setUp('backend', 'signedIn', { … })`. */
export type MockConsole = Readonly<{
  setUp: (component: string, state: string, params?: unknown) => Promise<Readonly<Record<string, unknown>>>
  reset: () => Promise<Readonly<Record<string, unknown>>>
}>

/** Has all that this page sends to some origins answered by mocks: requests, event streams, channels. */
export async function startMocks({ workerUrl, name, origins }: MocksInPage): Promise<void> {
  const link = linkToMocks(workerUrl, name)
  const addresses = new Set(origins.map((origin) => new URL(origin).host))
  const worker = setupWorker(
    http.all('*', ({ request }) => (addresses.has(new URL(request.url).host) ? requestMock(link, request) : undefined)),
    new ChannelHandler(({ client, info }) => connectMock(link, client, info.protocols), addressedTo(addresses)),
  )
  await worker.start({ quiet: true, onUnhandledFrame: 'bypass' })
  const tools: MockConsole = {
    setUp: (component, state, params = {}) => link.ask({ kind: 'state', component, state, params }),
    reset: () => link.ask({ kind: 'reset' }),
  }
  Object.assign(globalThis, { concordat: tools })
}

function addressedTo(addresses: ReadonlySet<string>): RegExp {
  const hosts = [...addresses].map((address) => address.replaceAll('.', '\\.').replaceAll(/[[\]]/g, '\\$&'))
  return new RegExp(`^wss?://(${hosts.join('|')})/`)
}
