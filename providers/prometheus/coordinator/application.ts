import { coordinator } from '#contracts/prometheus/coordinator.ts'
import { describeFinding } from '#harness/contract/finding.ts'
import { openDatabase, type Database } from '#harness/live-kit/database.ts'
import { withDeadline } from '#harness/live-kit/deadline.ts'
import { traced } from '#harness/live-kit/traced.ts'
import { serve } from '#harness/serve/serve.ts'
import type { Served, Service } from '#harness/serve/service.ts'
import { authenticator } from './auth/authenticate.ts'
import { forgetNowAndThen } from './auth/forgetting.ts'
import { nodesIn } from './auth/nodes.ts'
import type { Principal } from './auth/principal.ts'
import { auditsIn } from './claims/audits.ts'
import { claimingIn } from './claims/claiming.ts'
import { leasesIn } from './claims/leases.ts'
import { plansIn } from './claims/plans.ts'
import { resultsIn } from './claims/results.ts'
import { statusesIn } from './claims/statuses.ts'
import { submissionsIn } from './claims/submissions.ts'
import { containerHandlers } from './handlers/container-handlers.ts'
import { healthHandler } from './handlers/health.ts'
import { nodeHandlers } from './handlers/node-handlers.ts'
import { ownerHandlers } from './handlers/owner-handlers.ts'
import { jobsIn } from './jobs/jobs.ts'
import { logLinesIn } from './log-lines.ts'
import type { Logs } from './log.ts'
import type { Parts } from './parts.ts'
import type { Settings } from './settings.ts'
import { todosIn } from './todos/todos.ts'

/** The coordinator, ready to be put on a port. Disposing it closes its connections to the database. */
export type Application = AsyncDisposable & Readonly<{ service: Service }>

const farewellMs = 1_000

/** Hundreds of nodes may ask at once: the last of them waits for those before it, and not in vain. */
const patienceMs = 5_000

/** Puts the coordinator together over its database, whose schema has to be up to date, and registers the nodes of NODE_KEYS. */
export async function openApplication(settings: Settings, logs: Logs): Promise<Application> {
  const options = { name: 'prometheus-coordinator', log: logs.database, patienceMs }
  const database = openDatabase(settings.databaseUrl, options)
  const parts = partsOver(database, settings, logs)
  const forgetting = forgetNowAndThen(parts.nodes, logs.database)
  async function close(): Promise<void> {
    forgetting[Symbol.dispose]()
    // A database that hangs does not say goodbye.
    await withDeadline('closing the database', farewellMs, database.close()).catch(() => undefined)
  }
  try {
    await parts.nodes.configure(settings.nodeKeys)
  } catch (error) {
    await close()
    throw error
  }
  return { service: serviceOf(parts, settings), [Symbol.asyncDispose]: close }
}

function serviceOf(parts: Parts, settings: Settings): Service {
  const { logs } = parts
  const handlers = {
    ...ownerHandlers(parts),
    ...nodeHandlers(parts),
    ...containerHandlers(parts),
    ...healthHandler(parts),
  }
  const service = serve<typeof coordinator, Principal>(coordinator, handlers, {
    authenticate: authenticator(settings.tokenKeys, parts.nodes),
    onServed: (served) => record(served, logs),
    onFinding: (finding) => logs.coordinator.error({ code: finding.code }, describeFinding(finding)),
  })
  return traced(service)
}

function partsOver(database: Database, settings: Settings, logs: Logs): Parts {
  const todos = todosIn(database)
  const leases = leasesIn(database, settings.maxAttempts)
  return {
    audits: auditsIn(database, todos, settings.maxAttempts),
    checks: { database: database.check },
    claiming: claimingIn(database, leases, settings.leaseSeconds),
    database,
    jobs: jobsIn(database),
    leases,
    logLines: logLinesIn(database),
    logs,
    nodes: nodesIn(database),
    plans: plansIn(database),
    results: resultsIn(database),
    statuses: statusesIn(database, settings),
    submissions: submissionsIn(database, todos),
    todos,
  }
}

function record({ operation = 'none', method, path, status, milliseconds }: Served, logs: Logs): void {
  logs.coordinator.info({ operation, method, path, status, milliseconds: Math.round(milliseconds) }, 'Request served')
}
