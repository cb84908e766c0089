import type { AnyContract } from '#harness/contract/contract.ts'
import { routeTable } from '#harness/serve/routes.ts'
import type { Hooks, ProxiedRequest } from '#harness/stack/proxy/types.ts'

/** Whether hooks act on what follows from a request. */
export type RequestTest = (request: ProxiedRequest) => boolean

/** Hooks that act on the requests to one operation, preflights of it included, and leave all others alone. */
export function onOperation(contract: AnyContract, operation: string, hooks: Hooks): Hooks {
  const routes = routeTable(contract)
  return onRequests(hooks, (request) => {
    const path = request.path.split('?')[0] ?? ''
    if (contract.operations[operation]?.kind === 'ws') return routes.channelAt(path)?.name === operation
    return routes.find(preflightedMethod(request) ?? request.method, path)?.name === operation
  })
}

/** The method that a preflight asks for; undefined for any other request. */
export function preflightedMethod({ method, headers }: ProxiedRequest): string | undefined {
  const asked = headers['access-control-request-method']
  return method === 'OPTIONS' && typeof asked === 'string' ? asked : undefined
}

/** Hooks that act on some requests and leave all others alone. */
export function onRequests(hooks: Hooks, isOurs: RequestTest): Hooks {
  const { request, reply, streamHead, event, streamEnd, upgrade, frame, delay, eventDelay, frameDelay } = hooks
  return {
    ...(hooks.holdEvents !== undefined && { holdEvents: hooks.holdEvents }),
    ...(request && { request: (sent) => (isOurs(sent) ? request(sent) : sent) }),
    ...(reply && { reply: (given, sent) => (isOurs(sent) ? reply(given, sent) : given) }),
    ...(streamHead && { streamHead: (head, sent) => (isOurs(sent) ? streamHead(head, sent) : head) }),
    ...(event && { event: (given, sent, index) => (isOurs(sent) ? event(given, sent, index) : [given]) }),
    ...(streamEnd && { streamEnd: (sent) => (isOurs(sent) ? streamEnd(sent) : {}) }),
    ...(upgrade && { upgrade: (sent) => (isOurs(sent) ? upgrade(sent) : sent) }),
    ...(frame && { frame: (given, sent, index) => (isOurs(sent) ? frame(given, sent, index) : [given.data]) }),
    ...(delay && { delay: (sent) => (isOurs(sent) ? delay(sent) : 0) }),
    ...(eventDelay && { eventDelay: (given, sent, index) => (isOurs(sent) ? eventDelay(given, sent, index) : 0) }),
    ...(frameDelay && { frameDelay: (given, sent, index) => (isOurs(sent) ? frameDelay(given, sent, index) : 0) }),
  }
}
