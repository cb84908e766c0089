import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Target } from './target.ts'

/** A state-change URL. */
export type StatesServer = AsyncDisposable & Readonly<{ url: string }>

type Change = Readonly<{ state?: string; params?: Readonly<Record<string, unknown>>; action?: string }>

/**
 * Offers a target's states by Pact's state-change protocol, so that any verifier can use them: a POST of
 * `{ state, params, action }` sets the state up and answers with the values that it provides; `teardown` takes all back.
 * On loopback and a free port unless told otherwise.
 */
export async function startStatesServer(
  target: Pick<Target, 'setUp' | 'reset'>,
  { host = '127.0.0.1', port = 0 }: Readonly<{ host?: string; port?: number }> = {},
): Promise<StatesServer> {
  const server = createServer((request, response) => {
    change(target, request).then(
      (values) => response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(values)),
      // Not a 5xx: verifiers ask again and again after one.
      (error: Error) =>
        response.writeHead(422, { 'content-type': 'application/json' }).end(JSON.stringify({ error: error.message })),
    )
  })
  await new Promise<void>((resolve) => server.listen(port, host, resolve))
  return {
    url: `http://${host}:${(server.address() as AddressInfo).port}/`,
    async [Symbol.asyncDispose]() {
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      await closed
    },
  }
}

async function change(
  target: Pick<Target, 'setUp' | 'reset'>,
  request: IncomingMessage,
): Promise<Readonly<Record<string, unknown>>> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const { state = '', params = {}, action } = JSON.parse(Buffer.concat(chunks).toString('utf8')) as Change
  if (action === 'teardown') await target.reset()
  // A verifier asks for the state "" before an interaction that needs none.
  return action === 'teardown' || state === '' ? {} : target.setUp(state, params)
}
