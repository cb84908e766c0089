import type { coordinator } from '#contracts/prometheus/coordinator.ts'
import type { StatesOf } from '#harness/contract/contract.ts'
import type { StateHandlers } from '#harness/contract/state.ts'
import type { Database } from '#harness/live-kit/database.ts'
import { auditsIn, type Audits } from '../claims/audits.ts'
import { plansIn, type Plans } from '../claims/plans.ts'
import { resultsIn, type Results } from '../claims/results.ts'
import { submissionsIn, type Submissions } from '../claims/submissions.ts'
import type { Settings } from '../settings.ts'
import { todosIn, type Todos } from '../todos/todos.ts'
import { nodeKeys, type NodeKeys } from './node-keys.ts'

export type CoordinatorStates = StateHandlers<StatesOf<typeof coordinator>>

/** What sets up states: the coordinator's own means, so that what was done is done again. */
export type SetUp = Readonly<{
  audits: Audits
  database: Database
  keys: NodeKeys
  leaseSeconds: number
  plans: Plans
  results: Results
  submissions: Submissions
  todos: Todos
}>

/** Makes the means over the database of a coordinator that runs with these settings. */
export function setUpOver(database: Database, { leaseSeconds, maxAttempts, nodeKeys: configured }: Settings): SetUp {
  const todos = todosIn(database)
  return {
    audits: auditsIn(database, todos, maxAttempts),
    database,
    keys: nodeKeys(configured),
    leaseSeconds,
    plans: plansIn(database),
    results: resultsIn(database),
    submissions: submissionsIn(database, todos),
    todos,
  }
}
