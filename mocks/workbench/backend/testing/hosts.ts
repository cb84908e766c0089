import { backend } from '#contracts/workbench/backend.ts'
import { client, type Client } from '#harness/client/client.ts'
import type { ClientCredentials } from '#harness/client/options.ts'
import type { Finding } from '#harness/contract/finding.ts'
import type { StateUse } from '#harness/contract/state.ts'
import { listenMock } from '#harness/mock/listen.ts'
import type { MockOptions, StartedMock } from '#harness/mock/mock.ts'
import { intercept } from '#harness/mock/msw/intercept.ts'
import { mock } from '../../backend.mock.ts'

export type Api = Client<typeof backend>

/** The stand-in, running. Disposing it throws where it sent, or wanted to send, something outside its contract. */
export type Host = AsyncDisposable &
  Readonly<{
    url: string
    reset: () => Promise<void>
    /** Puts the stand-in into states, in this order; gives what the last one provides. */
    given: (...states: readonly StateUse[]) => Promise<Readonly<Record<string, unknown>>>
    /** A client that is signed in with this address, by Bearer token. */
    signedIn: (email: string) => Promise<Api>
    api: (credentials?: ClientCredentials) => Api
    /** A request of one's own, for what a typed client does not send. */
    request: (path: string, init?: RequestInit) => Promise<Response>
  }>

/** The ways to run the stand-in: each starts an instance of its own. */
export const hosts: readonly (readonly [name: string, start: (options?: MockOptions) => Promise<Host>])[] = [
  ['on a port', onPort],
  ['in this process', inProcess],
]

async function onPort(options: MockOptions = {}): Promise<Host> {
  const findings: Finding[] = []
  const listening = await listenMock(mock, { ...options, onFinding: (finding) => findings.push(finding) })
  return hostOf({ started: listening, url: listening.url, findings, stop: listening.stop })
}

async function inProcess(options: MockOptions = {}): Promise<Host> {
  const findings: Finding[] = []
  const started = mock.start({ ...options, onFinding: (finding) => findings.push(finding) })
  const url = 'http://backend.test'
  const interception = intercept({ [url]: started.service })
  return hostOf({ started, url, findings, stop: async () => interception.stop() })
}

type Running = Readonly<{
  started: StartedMock
  url: string
  findings: readonly Finding[]
  stop: () => Promise<void>
}>

function hostOf({ started, url, findings, stop }: Running): Host {
  async function given(...states: readonly StateUse[]): Promise<Readonly<Record<string, unknown>>> {
    let provided = {}
    for (const { name, params } of states) provided = await started.setUp(name, params)
    return provided
  }
  const api = (credentials: ClientCredentials = { kind: 'none' }): Api =>
    client(backend, { baseUrl: url, credentials, retries: 0 })
  return {
    url,
    given,
    api,
    reset: started.reset,
    request: (path, init) => fetch(`${url}${path}`, init),
    async signedIn(email) {
      const { token } = await given(backend.states.signedIn({ email }))
      return api({ kind: 'bearer', token: () => String(token) })
    },
    async [Symbol.asyncDispose]() {
      await stop()
      expect(findings).toEqual([])
    },
  }
}
