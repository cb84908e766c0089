import type { AnyContract, OperationsOf, TypedContract } from '#harness/contract/contract.ts'
import type { WsOperation } from '#harness/contract/operation.ts'
import { bearerSubprotocol } from '#harness/contract/security.ts'
import { openChannel } from './channel.ts'
import { corsOf, type Cors } from './cors.ts'
import { failureResponse } from './failure.ts'
import type { Handlers } from './handlers.ts'
import { answerer, type Answer } from './answer.ts'
import { pathOf } from './path-of.ts'
import { requestIdOf } from './request-id.ts'
import { routeTable, type Route, type RouteTable } from './routes.ts'
import { untyped, type AnyHandlers, type Service, type ServiceOptions, type Upgrade } from './service.ts'

/**
 * Compiles a contract and its handlers to a service: one `fetch` and its channels. Requests are checked before a handler
 * sees them, replies before a caller does. Unknown routes, wrong methods, media types, sizes and values are refused in the
 * contract's error shape (404, 405, 415, 413, 400, 422), a missing credential with 401.
 */
export function serve<C extends TypedContract, Principal = undefined>(
  contract: C,
  handlers: Handlers<OperationsOf<C>, Principal>,
  options: ServiceOptions<Principal> = {},
): Service {
  return serveUntyped(contract, untyped(handlers), options as ServiceOptions<unknown>)
}

/** `serve` for handlers whose types were left behind, as of a mock that answers from examples. */
export function serveUntyped(contract: AnyContract, handlers: AnyHandlers, options: ServiceOptions<unknown>): Service {
  const cors = corsOf(contract, options.allowedOrigins ?? [])
  const routes = routeTable(contract)
  const answers = new Map(
    Object.keys(contract.operations).map((name) => [name, answerer(contract, name, { handlers, options })]),
  )
  const paths: Paths = { contract, routes, cors }

  function respond(request: Request, requestId: string, route: Route | undefined): Response | Promise<Response> {
    if (route) return (answers.get(route.name) as Answer).reply({ request, requestId, params: route.params })
    return unrouted(request, requestId, paths)
  }
  return {
    contract,
    async fetch(request) {
      const started = options.onServed ? performance.now() : 0
      const { method } = request
      const path = pathOf(request)
      const requestId = requestIdOf(request, contract.requestIdHeader)
      const route = routes.find(method === 'HEAD' ? 'GET' : method, path)
      const answered = await respond(request, requestId, route)
      const response = method === 'HEAD' ? withoutBody(answered) : answered
      response.headers.set(contract.requestIdHeader, requestId)
      cors?.expose(request, response.headers)
      options.onServed?.({
        operation: route?.name,
        method,
        path,
        status: response.status,
        milliseconds: performance.now() - started,
        requestId,
      })
      return response
    },
    upgrade: upgrader(contract, { routes, answers, cors, options }),
  }
}

/** RFC 9110 §9.3.2: a HEAD is answered as a GET is, without the body. */
function withoutBody(response: Response): Response {
  // Ends a stream that nobody is going to read.
  response.body?.cancel().catch(() => undefined)
  return new Response(null, { status: response.status, headers: response.headers })
}

type Paths = Readonly<{ contract: AnyContract; routes: RouteTable; cors: Cors | undefined }>

function unrouted(request: Request, requestId: string, { contract, routes, cors }: Paths): Response {
  const path = pathOf(request)
  if (request.method === 'GET' && routes.channelAt(path)) return upgradeRequired(contract, requestId)
  const methods = routes.methodsOf(path)
  if (request.method === 'OPTIONS' && methods.length > 0 && cors) return cors.preflight(request, methods)
  if (methods.length > 0) {
    return failureResponse(contract, requestId, {
      status: 405,
      code: 'method_not_allowed',
      message: `This resource takes ${methods.join(', ')}.`,
      headers: { allow: methods.join(', ') },
    })
  }
  return failureResponse(contract, requestId, { status: 404, code: 'not_found', message: 'There is no such resource.' })
}

function upgradeRequired(contract: AnyContract, requestId: string): Response {
  return failureResponse(contract, requestId, {
    status: 426,
    code: 'upgrade_required',
    message: 'This resource is a WebSocket channel.',
    headers: { upgrade: 'websocket' },
  })
}

type Upgrading = Readonly<{
  routes: RouteTable
  answers: ReadonlyMap<string, Answer>
  cors: Cors | undefined
  options: ServiceOptions<unknown>
}>

function upgrader(contract: AnyContract, upgrading: Upgrading): Service['upgrade'] {
  return async (request) => {
    const started = performance.now()
    const requestId = requestIdOf(request, contract.requestIdHeader)
    const path = pathOf(request)
    const found = upgrading.routes.channelAt(path)
    const upgrade = await answerUpgrade(request, { requestId, found }, { contract, ...upgrading })
    if (upgrade.kind === 'refused') upgrade.response.headers.set(contract.requestIdHeader, requestId)
    upgrading.options.onServed?.({
      operation: found?.name,
      method: request.method,
      path,
      status: upgrade.kind === 'refused' ? upgrade.response.status : 101,
      milliseconds: performance.now() - started,
      requestId,
    })
    return upgrade
  }
}

type Asked = Readonly<{ requestId: string; found: Route<WsOperation> | undefined }>

async function answerUpgrade(
  request: Request,
  { requestId, found }: Asked,
  { contract, routes, answers, cors }: Upgrading & { contract: AnyContract },
): Promise<Upgrade> {
  const answer = found && answers.get(found.name)
  if (!found || !answer) return refused(unrouted(request, requestId, { contract, routes, cors }))
  // A page of another origin must not open a channel with this origin's cookies (cross-site WebSocket hijacking).
  const origin = request.headers.get('origin')
  if (cors && origin !== null && !cors.isAllowed(origin)) {
    const message = `Origin ${origin} may not connect.`
    return refused(failureResponse(contract, requestId, { status: 403, code: 'origin_not_allowed', message }))
  }
  const admitted = await answer.admit({ request, requestId, params: found.params })
  if (admitted instanceof Response) return refused(admitted)
  return {
    kind: 'accepted',
    subprotocol: offeredSubprotocol(request),
    open: (socket) => void answer.converse(openChannel(found.operation, socket, answer.onBreak(requestId)), admitted),
  }
}

function refused(response: Response): Upgrade {
  return { kind: 'refused', response }
}

/** A client that offers subprotocols expects one back (RFC 6455 §4.2.2): the first that is no credential. */
function offeredSubprotocol(request: Request): string | undefined {
  const offered = (request.headers.get('sec-websocket-protocol') ?? '').split(',').map((item) => item.trim())
  return offered.find((item) => item !== '' && !item.startsWith(bearerSubprotocol))
}
