import type { Mock } from '#harness/mock/mock.ts'
import type { Metrics } from './metrics.ts'

/** The stand-in, with every request and channel counted: refused ones too, which no handler sees. */
export function counted(definition: Mock, { frontendRequests, backendProcessing }: Metrics): Mock {
  return {
    ...definition,
    start(options = {}) {
      const started = definition.start({
        ...options,
        onServed(served) {
          const { operation = 'none', status, milliseconds } = served
          frontendRequests.increase({ operation, status })
          backendProcessing.observe({ operation }, milliseconds / 1000)
          options.onServed?.(served)
        },
      })
      const { service } = started
      return {
        ...started,
        service: {
          ...service,
          async upgrade(request) {
            const upgrade = await service.upgrade(request)
            const status = upgrade.kind === 'accepted' ? 101 : upgrade.response.status
            frontendRequests.increase({ operation: 'live', status })
            return upgrade
          },
        },
      }
    },
  }
}
