import { requestIdOf } from '#harness/serve/request-id.ts'
import type { Service } from '#harness/serve/service.ts'
import type { Parts } from '../parts.ts'
import { withRequestId } from './request-context.ts'

/** The service, with everything that it does for a request logged under the request's id, and channels counted. */
export function traced(service: Service, { logs, metrics }: Pick<Parts, 'logs' | 'metrics'>): Service {
  const header = service.contract.requestIdHeader
  function forRequest<T>(request: Request, work: () => Promise<T>): Promise<T> {
    const requestId = requestIdOf(request, header)
    // One that was made up here has to be the one that the service answers with.
    if (request.headers.get(header) !== requestId) request.headers.set(header, requestId)
    return withRequestId(requestId, work)
  }
  return {
    ...service,
    fetch: (request) => forRequest(request, () => service.fetch(request)),
    upgrade: (request) =>
      forRequest(request, async () => {
        const requestId = requestIdOf(request, header)
        const upgrade = await service.upgrade(request)
        const status = upgrade.kind === 'accepted' ? 101 : upgrade.response.status
        const operation = status === 404 ? 'none' : 'live'
        metrics.frontendRequests.inc({ operation, status })
        logs.backend.info({ operation, status }, 'Channel asked for')
        if (upgrade.kind === 'refused') return upgrade
        return { ...upgrade, open: (socket) => withRequestId(requestId, () => upgrade.open(socket)) }
      }),
  }
}
