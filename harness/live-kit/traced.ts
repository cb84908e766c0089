import { requestIdOf } from '#harness/serve/request-id.ts'
import type { Service } from '#harness/serve/service.ts'
import { withRequestId } from './request-context.ts'

/** The service, with everything that it does for a request logged under the request's id. */
export function traced(service: Service): Service {
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
        if (upgrade.kind === 'refused') return upgrade
        return { ...upgrade, open: (socket) => withRequestId(requestId, () => upgrade.open(socket)) }
      }),
  }
}
