import { http, HttpResponse, type HttpHandler } from 'msw/http'
import { cookieJar, type CookieJar } from '#harness/client/cookie-jar.ts'
import { isMediaType } from '#harness/contract/content.ts'
import type { Service } from '#harness/serve/service.ts'
import { nativeResponse } from '#harness/serve/whole-response.ts'
import { steeringOf, steeringOfUpgrade } from '../headers/asked.ts'
import { ChannelHandler } from './channel-handler.ts'
import { sendHead } from './send-head.ts'
import { socketOfClient, type InterceptedClient } from './socket.ts'

/** What answers for an origin that no service stands in for: a failure that is told, or whoever else there is. */
export type UnknownOrigins = 'fail' | 'leave'

/** Handlers of MSW that answer by services: one for all requests, one for all channels. */
export type ServiceHandlers = Readonly<{
  handlers: readonly [HttpHandler, ChannelHandler]
  /** Closes the channels that are open. */
  closeChannels: (reason: string) => void
}>

/** Makes the handlers of some services, by their origins: `{ 'http://backend.test': service }`. */
export function serviceHandlers(services: Readonly<Record<string, Service>>, unknown: UnknownOrigins): ServiceHandlers {
  const byHost = new Map(
    Object.entries(services).map(([origin, service]) => [new URL(origin).host, { service, jarOf: jarsBySession() }]),
  )
  const channels = new Set<InterceptedClient>()
  const requests = http.all('*', ({ request }) => {
    const found = byHost.get(new URL(request.url).host)
    if (found) return answer(found, request)
    if (unknown === 'leave') return undefined
    tellUnknown(request.url)
    // A reply that MSW turns into a failure of the network.
    return HttpResponse.error()
  })
  const sockets = new ChannelHandler(
    async ({ client, info }) => {
      const found = byHost.get(client.url.host)
      if (!found) {
        tellUnknown(client.url.href)
        return client.close(4404, `nothing stands in for ${client.url.host}`.slice(0, 120))
      }
      channels.add(client)
      client.addEventListener('close', () => channels.delete(client))
      await connect(found, client, upgradeRequest(client.url, info.protocols, found.jarOf))
    },
    unknown === 'leave' ? addressedTo([...byHost.keys()]) : undefined,
  )
  return {
    handlers: [requests, sockets],
    closeChannels(reason) {
      for (const client of channels) client.close(goingAway, reason)
    },
  }
}

/** RFC 6455 §7.4.1. */
const goingAway = 1001

/** The addresses of channels at some hosts. */
function addressedTo(hosts: readonly string[]): RegExp {
  const escaped = hosts.map((host) => host.replaceAll(/[.[\]]/g, String.raw`\$&`))
  return new RegExp(`^wss?://(${escaped.join('|')})/`)
}

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

type Found = Readonly<{ service: Service; jarOf: JarOf }>
/** The cookies of a session of a mock; those that are in none share one jar. */
type JarOf = (session: string | undefined) => CookieJar

function jarsBySession(): JarOf {
  const jars = new Map<string | undefined, CookieJar>()
  return (session) => {
    const jar = jars.get(session) ?? cookieJar()
    jars.set(session, jar)
    return jar
  }
}

async function answer({ service, jarOf }: Found, request: Request): Promise<Response> {
  const response = nativeResponse(await service.fetch(request))
  jarOf(steeringOf(request)?.session ?? undefined).take(response)
  return isMediaType(response.headers.get('content-type'), 'text/event-stream') ? sendHead(response) : response
}

/** In Node a client gives headers beside the subprotocols; in a page the browser would add the cookies that were set here. */
function upgradeRequest(url: URL, given: unknown, jarOf: JarOf): Request {
  const { protocols = given, headers: own = {} } = (isOptions(given) ? given : {}) as {
    protocols?: unknown
    headers?: Record<string, string>
  }
  const headers = new Headers(own)
  const offered = [protocols].flat().filter((item): item is string => typeof item === 'string')
  if (offered.length > 0) headers.set('sec-websocket-protocol', offered.join(', '))
  const request = new Request(url.href.replace(/^ws/, 'http'), { headers })
  const cookies = jarOf(steeringOfUpgrade(request)?.session ?? undefined).header()
  if (!isOptions(given) && cookies !== undefined) request.headers.set('cookie', cookies)
  return request
}

function isOptions(given: unknown): boolean {
  return typeof given === 'object' && given !== null && !Array.isArray(given)
}
