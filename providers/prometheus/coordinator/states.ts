import type { coordinator } from '#contracts/prometheus/coordinator.ts'
import { openDatabase, type Database } from '#harness/live-kit/database.ts'
import { storeCuts } from '#harness/live-kit/store-cuts.ts'
import type { LiveStatesFactory } from '#harness/pact/replay/live-states.ts'
import { makeLogs } from './log.ts'
import { readSettings } from './settings.ts'
import { callerStates } from './states/caller-states.ts'
import { jobStates } from './states/job-states.ts'
import { setUpOver } from './states/set-up.ts'
import { todoStates } from './states/todo-states.ts'
import { workStates } from './states/work-states.ts'

/** Sets up states of a running coordinator in its own database, reached by the address in its environment. */
export const states: LiveStatesFactory<typeof coordinator> = async (context) => {
  const settings = readSettings(context.environment)
  const log = makeLogs('silent').database
  const database = openDatabase(settings.databaseUrl, { name: 'prometheus-coordinator-states', log, connections: 2 })
  const setUp = setUpOver(database, settings)
  const cuts = storeCuts({ ...context, check: database.check })
  return {
    async reset() {
      await cuts.restore()
      await empty(database)
    },
    handlers: {
      ...callerStates(setUp, settings.tokenKeys),
      ...jobStates(setUp),
      ...todoStates(setUp),
      ...workStates(setUp),
      async storeDown({ store }) {
        await cuts.cut(store)
        return undefined
      },
      async allHealthy() {
        await cuts.restore()
        return undefined
      },
    },
    async [Symbol.asyncDispose]() {
      try {
        await cuts.restore()
      } finally {
        await database.close()
      }
    },
  }
}

/** Todos and all that belongs to them go with their jobs; nodes of NODE_KEYS stay. */
async function empty(database: Database): Promise<void> {
  await database.transaction(async (queries) => {
    await queries.query({ name: 'states.emptyJobs', text: 'delete from jobs' })
    await queries.query({ name: 'states.emptyLogs', text: 'delete from logs' })
    await queries.query({ name: 'states.emptySignatures', text: 'delete from used_signatures' })
    await queries.query({ name: 'states.emptyNodes', text: 'delete from nodes where not configured' })
  })
}
