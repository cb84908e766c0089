import { Counter, Histogram, Registry } from 'prom-client'

/** The five metrics of the system, in a registry of their own. Labels name kinds, never single users or resources. */
export type Metrics = Readonly<{
  registry: Registry
  frontendRequests: Counter<'operation' | 'status'>
  backendProcessing: Histogram<'operation'>
  databaseQueries: Histogram<'query'>
  cacheHits: Counter<'cache' | 'result'>
  storageOperations: Counter<'operation' | 'result'>
}>

/** Makes the metrics, all at zero. */
export function makeMetrics(): Metrics {
  const registry = new Registry()
  const registers = [registry]
  return {
    registry,
    frontendRequests: new Counter({
      name: 'frontend_requests',
      help: 'Requests that came in.',
      labelNames: ['operation', 'status'],
      registers,
    }),
    backendProcessing: new Histogram({
      name: 'backend_processing',
      help: 'Seconds until a reply or the head of a stream was ready.',
      labelNames: ['operation'],
      registers,
    }),
    databaseQueries: new Histogram({
      name: 'database_queries',
      help: 'Seconds that queries took.',
      labelNames: ['query'],
      registers,
    }),
    cacheHits: new Counter({
      name: 'cache_hits',
      help: 'Look-ups in a cache, by whether it had the value.',
      labelNames: ['cache', 'result'],
      registers,
    }),
    storageOperations: new Counter({
      name: 'storage_operations',
      help: 'Files written and read.',
      labelNames: ['operation', 'result'],
      registers,
    }),
  }
}
