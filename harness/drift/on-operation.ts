import type { AnyContract } from '#harness/contract/contract.ts'
import { routeTable } from '#harness/serve/routes.ts'
import type { Hooks, ProxiedRequest } from '#harness/stack/proxy/types.ts'

/** Hooks that act on the requests to one operation, preflights of it included, and leave all others alone. */
export function onOperation(contract: AnyContract, operation: string, hooks: Hooks): Hooks {
  const routes = routeTable(contract)
  const isOurs = (request: ProxiedRequest): boolean => {
    const path = request.path.split('?')[0] ?? ''
    if (contract.operations[operation]?.kind === 'ws') return routes.channelAt(path)?.name === operation
    const asked = request.headers['access-control-request-method']
    const method = request.method === 'OPTIONS' && typeof asked === 'string' ? asked : request.method
    return routes.find(method, path)?.name === operation
  }
  const { request, reply, streamHead, event, streamEnd, upgrade, frame } = hooks
  return {
    ...(hooks.holdEvents !== undefined && { holdEvents: hooks.holdEvents }),
    ...(request && { request: (sent) => (isOurs(sent) ? request(sent) : sent) }),
    ...(reply && { reply: (given, sent) => (isOurs(sent) ? reply(given, sent) : given) }),
    ...(streamHead && { streamHead: (head, sent) => (isOurs(sent) ? streamHead(head, sent) : head) }),
    ...(event && { event: (given, sent, index) => (isOurs(sent) ? event(given, sent, index) : [given]) }),
    ...(streamEnd && { streamEnd: (sent) => (isOurs(sent) ? streamEnd(sent) : {}) }),
    ...(upgrade && { upgrade: (sent) => (isOurs(sent) ? upgrade(sent) : sent) }),
    ...(frame && { frame: (given, sent, index) => (isOurs(sent) ? frame(given, sent, index) : [given.data]) }),
  }
}
