import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { WebSocketServer } from 'ws'
import type { Target } from '../replay/target.ts'
import { seal } from './vault.ts'

export type VaultOptions = Readonly<{
  /** What the states give callers to sign with; the vault itself expects `openSesame`. */
  givenKey?: string
  /** Takes a credential under any scheme word. */
  ignoresScheme?: boolean
}>

/** A vault that runs, as a target; `seen` is what came to it in Authorization headers. */
export type RunningVault = Target & Readonly<{ seen: readonly string[] }>

export const openSesame = 'open-sesame'

/** Starts a live vault of no contract's making: it computes each seal anew from what came over the wire. */
export async function startVault({
  givenKey = openSesame,
  ignoresScheme = false,
}: VaultOptions = {}): Promise<RunningVault> {
  const seen: string[] = []
  const isLetIn = ({ headers, method = '', url = '' }: IncomingMessage, body: Buffer): boolean => {
    seen.push(headers.authorization ?? '')
    const [, scheme = '', credential] = /^(\S+) +(\S+)$/.exec(headers.authorization ?? '') ?? []
    const expected =
      url === '/hall' ? ['bearer', 'badge-of-ann'] : ['seal', seal(openSesame, { method, path: url, body })]
    return credential === expected[1] && (ignoresScheme || scheme.toLowerCase() === expected[0])
  }
  const server = createServer((request, response) => void answer(request, response, isLetIn))
  const sockets = new WebSocketServer({ noServer: true })
  server.on('upgrade', (request, socket, head) => {
    if (!isLetIn(request, Buffer.alloc(0))) return socket.end('HTTP/1.1 401 Refused\r\ncontent-length: 0\r\n\r\n')
    sockets.handleUpgrade(request, socket, head, (client) =>
      client.on('message', () => client.send(JSON.stringify({ type: 'answer', data: { what: 'gold' } }))),
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    name: 'live',
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    states: undefined,
    setUp: (name) => Promise.resolve(name === 'keyKnown' ? { key: givenKey } : { badge: 'badge-of-ann' }),
    reset: () => Promise.resolve(),
    evidence: () => [],
    seen,
    async [Symbol.asyncDispose]() {
      const closed = new Promise((resolve) => server.close(resolve))
      for (const client of sockets.clients) client.terminate()
      server.closeAllConnections()
      await closed
    },
  }
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  isLetIn: (request: IncomingMessage, body: Buffer) => boolean,
): Promise<void> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const body = Buffer.concat(chunks)
  response.setHeader('x-request-id', request.headers['x-request-id'] ?? '')
  response.setHeader('content-type', request.url === '/watch' ? 'text/event-stream' : 'application/json')
  if (!isLetIn(request, body)) {
    response.writeHead(401, { 'content-type': 'application/json' }).end('{"message":"Who are you?"}')
  } else if (request.url === '/watch') response.end('event: seen\ndata: {"what":"gold"}\n\n')
  else response.end(request.url === '/hall' ? '{"badge":"ann"}' : body)
}
