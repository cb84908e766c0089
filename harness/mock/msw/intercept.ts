import { http, HttpResponse } from 'msw/http'
import { setupServer } from 'msw/node'
import { cookieJar, type CookieJar } from '#harness/client/cookie-jar.ts'
import { isMediaType } from '#harness/contract/content.ts'
import type { Service } from '#harness/serve/service.ts'
import { sendHead } from './send-head.ts'
import { ChannelHandler } from './channel-handler.ts'
import { socketOfClient, type InterceptedClient } from './socket.ts'

/** Services in place of the network of this process, by their origin: `{ 'http://backend.test': service }`. */
export type Interception = AsyncDisposable & Readonly<{ stop: () => void }>

/**
 * Answers all requests of this process to some origins by services, through one catch-all handler of MSW: HTTP, event
 * streams and WebSocket. A request to any other origin fails the caller, and why is said on the console. Stopping closes
 * the channels that are open.
 */
export function intercept(services: Readonly<Record<string, Service>>): Interception {
  const byOrigin = new Map(
    Object.entries(services).map(([origin, service]) => [new URL(origin).host, { service, jar: cookieJar() }]),
  )
  const channels = new Set<InterceptedClient>()
  const server = setupServer(
    http.all('*', ({ request }) => {
      const found = byOrigin.get(new URL(request.url).host)
      if (found) return answer(found, request)
      tellUnknown(request.url)
      // A reply that MSW turns into a failure of the network.
      return HttpResponse.error()
    }),
    new ChannelHandler(async ({ client, info }) => {
      const found = byOrigin.get(client.url.host)
      if (!found) {
        tellUnknown(client.url.href)
        return client.close(4404, `nothing stands in for ${client.url.host}`.slice(0, 120))
      }
      channels.add(client)
      client.addEventListener('close', () => channels.delete(client))
      await connect(found, client, upgradeRequest(client.url, info.protocols, found.jar))
    }),
  )
  server.listen({ onUnhandledFrame: 'error' })
  let stopped = false
  function stop(): void {
    if (stopped) return
    stopped = true
    for (const client of channels) client.close(goingAway, 'the interception was stopped')
    server.close()
  }
  return { stop, [Symbol.asyncDispose]: () => Promise.resolve(stop()) }
}

/** RFC 6455 §7.4.1. */
const goingAway = 1001

/** Without query: a query may hold what no log should. */
function tellUnknown(url: string): void {
  const { protocol, host, pathname } = new URL(url)
  const origin = `${protocol}//${host}`
  console.error(
    `No answer for ${origin}${pathname}: nothing stands in for ${origin}. Give intercept() a service for it.`,
  )
}

async function connect({ service }: Found, client: InterceptedClient, request: Request): Promise<void> {
  let isGone = false
  client.addEventListener('close', () => (isGone = true))
  const upgrade = await service.upgrade(request)
  if (isGone) return
  // MSW knows no refused upgrade: a channel that closes before it is open is what a browser shows too.
  if (upgrade.kind === 'refused') return client.close(4000 + upgrade.response.status, 'refused')
  client.addEventListener('open', () => upgrade.open(socketOfClient(client)))
}

type Found = Readonly<{ service: Service; jar: CookieJar }>

async function answer({ service, jar }: Found, request: Request): Promise<Response> {
  const response = await service.fetch(request)
  jar.take(response)
  return isMediaType(response.headers.get('content-type'), 'text/event-stream') ? sendHead(response) : response
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
