import { http } from 'msw/http'
import { setupServer } from 'msw/node'
import { ws } from 'msw/ws'
import { cookieJar, type CookieJar } from '#harness/client/cookie-jar.ts'
import type { Service } from '#harness/serve/service.ts'
import { socketOfClient } from './socket.ts'

/** Services in place of the network of this process, by their origin: `{ 'http://backend.test': service }`. */
export type Interception = AsyncDisposable & Readonly<{ stop: () => void }>

/**
 * Answers all requests of this process to some origins by services, through one catch-all handler of MSW: HTTP, event
 * streams and WebSocket. A request to any other origin fails the caller.
 */
export function intercept(services: Readonly<Record<string, Service>>): Interception {
  const byOrigin = new Map(
    Object.entries(services).map(([origin, service]) => [new URL(origin).host, { service, jar: cookieJar() }]),
  )
  const server = setupServer(
    http.all('*', ({ request }) => {
      const found = byOrigin.get(new URL(request.url).host)
      return found ? answer(found, request) : undefined
    }),
    ws.link(/^wss?:/).addEventListener('connection', async ({ client, info }) => {
      const found = byOrigin.get(client.url.host)
      if (!found) return client.close(4404, `nothing stands in for ${client.url.host}`)
      const upgrade = await found.service.upgrade(upgradeRequest(client.url, info.protocols, found.jar))
      // MSW knows no refused upgrade: a channel that closes before it is open is what a browser shows too.
      if (upgrade.kind === 'refused') return client.close(4000 + upgrade.response.status, 'refused')
      upgrade.open(socketOfClient(client))
    }),
  )
  server.listen({ onUnhandledFrame: 'error' })
  const stop = (): void => server.close()
  return { stop, [Symbol.asyncDispose]: () => Promise.resolve(stop()) }
}

type Found = Readonly<{ service: Service; jar: CookieJar }>

async function answer({ service, jar }: Found, request: Request): Promise<Response> {
  const response = await service.fetch(request)
  jar.take(response)
  return response
}

/** In Node a client gives headers beside the subprotocols; in a page the browser would add the cookies that were set here. */
function upgradeRequest(url: URL, given: unknown, jar: CookieJar): Request {
  const { protocols = given, headers: own = {} } = (isOptions(given) ? given : {}) as {
    protocols?: unknown
    headers?: Record<string, string>
  }
  const headers = new Headers(own)
  const offered = [protocols].flat().filter((item): item is string => typeof item === 'string')
  if (offered.length > 0) headers.set('sec-websocket-protocol', offered.join(', '))
  const cookies = jar.header()
  if (!isOptions(given) && cookies !== undefined) headers.set('cookie', cookies)
  return new Request(url.href.replace(/^ws/, 'http'), { headers })
}

function isOptions(given: unknown): boolean {
  return typeof given === 'object' && given !== null && !Array.isArray(given)
}
