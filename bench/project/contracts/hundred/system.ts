import { system as declareSystem } from '#harness/contract/system.ts'
import { hundredRoutes } from './routes.ts'

/** One component with 100 routes, for what benches measure of one. */
export const system = declareSystem('hundred', {
  components: { page: { environment: {} }, api: { contract: hundredRoutes, port: 48_120, environment: {} } },
  edges: [{ consumer: 'page', provider: 'api' }],
  startOrder: ['api', 'page'],
  agreements: [],
})
