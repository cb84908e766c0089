import { counter, histogram, type Counter, type Histogram } from './prometheus.ts'

/** The five metrics of the system, under the names and labels of the live backend. */
export type Metrics = Readonly<{
  frontendRequests: Counter<'operation' | 'status'>
  backendProcessing: Histogram<'operation'>
  cacheHits: Counter<'cache' | 'result'>
  storageOperations: Counter<'operation' | 'result'>
  /** Does what a live backend would ask its database for, and counts it. */
  query: <T>(name: string, work: () => T) => T
  /** All of them in the text format of Prometheus. */
  text: () => string
}>

/** Makes the metrics, all at zero. */
export function makeMetrics(): Metrics {
  const metrics = {
    frontendRequests: counter<'operation' | 'status'>({ name: 'frontend_requests', help: 'Requests that came in.' }),
    backendProcessing: histogram<'operation'>({
      name: 'backend_processing',
      help: 'Seconds until a reply or the head of a stream was ready.',
    }),
    databaseQueries: histogram<'query'>({ name: 'database_queries', help: 'Seconds that queries took.' }),
    cacheHits: counter<'cache' | 'result'>({
      name: 'cache_hits',
      help: 'Look-ups in a cache, by whether it had the value.',
    }),
    storageOperations: counter<'operation' | 'result'>({
      name: 'storage_operations',
      help: 'Files written and read.',
    }),
  }
  const all = Object.values(metrics)
  return {
    ...metrics,
    text: () => `${all.flatMap((metric) => metric.lines()).join('\n')}\n`,
    query(name, work) {
      const started = performance.now()
      try {
        return work()
      } finally {
        metrics.databaseQueries.observe({ query: name }, (performance.now() - started) / 1000)
      }
    },
  }
}
