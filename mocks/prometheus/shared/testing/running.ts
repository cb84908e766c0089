import { client, type Client } from '#harness/client/client.ts'
import type { ReplyError } from '#harness/client/errors.ts'
import type { ClientCredentials } from '#harness/client/options.ts'
import type { TypedContract } from '#harness/contract/contract.ts'
import type { Finding } from '#harness/contract/finding.ts'
import type { StateUse } from '#harness/contract/state.ts'
import type { Mock, MockOptions, StartedMock } from '#harness/mock/mock.ts'

/** A stand-in that runs in this process. Disposing it throws where it sent, or wanted to send, something outside its contract. */
export type Running<C extends TypedContract> = AsyncDisposable &
  Readonly<{
    started: StartedMock
    /** Puts the stand-in into states, in this order; gives what they provide, all together. */
    given: (...states: readonly StateUse[]) => Promise<Readonly<Record<string, unknown>>>
    api: (credentials?: ClientCredentials) => Client<C>
    /** A client with a token of this name and role. */
    as: (role: 'owner' | 'node' | 'container', name?: string) => Promise<Client<C>>
    /** A request of one's own, for what a typed client does not send. */
    request: (path: string, init?: RequestInit) => Promise<Response>
  }>

/** Starts a stand-in of a contract. */
export function run<C extends TypedContract>(contract: C, mock: Mock, options: MockOptions = {}): Running<C> {
  const findings: Finding[] = []
  const started = mock.start({ ...options, onFinding: (finding) => findings.push(finding) })
  const baseUrl = 'http://stand-in.test'
  const request: typeof fetch = (input, init) => started.service.fetch(new Request(input, init))
  async function given(...states: readonly StateUse[]): Promise<Readonly<Record<string, unknown>>> {
    const provided = []
    for (const { name, params } of states) provided.push(await started.setUp(name, params))
    return Object.assign({}, ...provided) as Readonly<Record<string, unknown>>
  }
  const api = (credentials: ClientCredentials = { kind: 'none' }): Client<C> =>
    client(contract, { baseUrl, credentials, fetch: request, retries: 0 })
  return {
    started,
    given,
    api,
    request: (path, init) => request(`${baseUrl}${path}`, init),
    async as(role, name = `some-${role}`) {
      const { token } = await given({ name: 'callerKnown', params: { name, role } })
      return api({ kind: 'bearer', token: () => String(token) })
    },
    async [Symbol.asyncDispose]() {
      await started[Symbol.asyncDispose]()
      expect(findings).toEqual([])
    },
  }
}

/** What somebody was refused with. */
export async function refusal(call: Promise<unknown>): Promise<readonly [status: unknown, code: unknown]> {
  const { status, problem } = await call.then(
    () => ({ status: 'not refused', problem: undefined }),
    (error: Pick<ReplyError, 'status' | 'problem'>) => error,
  )
  return [status, problem?.code]
}

/** Calls until what comes back is as wanted, for as long as the test may take. */
export async function eventually<T>(call: () => Promise<T>, isWanted: (value: T) => boolean): Promise<T> {
  for (;;) {
    const value = await call()
    if (isWanted(value)) return value
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}
