import type { Checks } from '#harness/live-kit/check-health.ts'
import type { Database } from '#harness/live-kit/database.ts'
import type { Nodes } from './auth/nodes.ts'
import type { Audits } from './claims/audits.ts'
import type { Claiming } from './claims/claiming.ts'
import type { Leases } from './claims/leases.ts'
import type { Plans } from './claims/plans.ts'
import type { Results } from './claims/results.ts'
import type { Statuses } from './claims/statuses.ts'
import type { Submissions } from './claims/submissions.ts'
import type { Jobs } from './jobs/jobs.ts'
import type { LogLines } from './log-lines.ts'
import type { Logs } from './log.ts'
import type { Todos } from './todos/todos.ts'

/** What the handlers work with. */
export type Parts = Readonly<{
  audits: Audits
  checks: Checks<'database'>
  claiming: Claiming
  database: Database
  jobs: Jobs
  leases: Leases
  logLines: LogLines
  logs: Logs
  nodes: Nodes
  plans: Plans
  results: Results
  statuses: Statuses
  submissions: Submissions
  todos: Todos
}>
