import { openDatabase, type Database } from '#harness/live-kit/database.ts'
import { makeLogs } from '../log.ts'
import { busyMs, exampleCoordinator, startUpMs, type ExampleCoordinator } from '../testing/example-coordinator.ts'
import { todosIn } from '../todos/todos.ts'
import { auditsIn, type Audits } from './audits.ts'
import { fingerprintOf } from './fingerprint.ts'

let app: ExampleCoordinator
let database: Database
let audits: Audits
beforeAll(async () => {
  app = await exampleCoordinator()
  database = openDatabase(app.environment['DATABASE_URL']!, {
    name: 'test',
    log: makeLogs('silent').database,
    patienceMs: busyMs,
  })
  audits = auditsIn(database, todosIn(database), 5)
}, startUpMs)
afterAll(async () => {
  await database.close()
  await app[Symbol.asyncDispose]()
})
beforeEach(() => app.reset())

const job_id = '5d1f0c6e-2b3a-4c4d-8e5f-60718293a4b5'
const node = { name: 'node-planner', publicKey: 'the key of the planner' }
const verdict = { approved: true, reason: 'It is fine.' }

/** A job with so many todos whose audits the planner has claimed. */
async function auditedJob(count: number): Promise<readonly { todoId: string; claimId: string }[]> {
  await app.given.jobExists({ job_id, owner: 'ann', name: 'Documentation' })
  const claims = Array.from({ length: count }, () => ({ todoId: crypto.randomUUID(), claimId: crypto.randomUUID() }))
  for (const { todoId: todo_id, claimId: claim_id } of claims) {
    await app.given.todoQueued({ todo_id, job_id, kind: 'work', title: 'A step' })
    await app.given.auditClaimed({ todo_id, claim_id, by: node.name })
  }
  return claims
}

test(
  'of audits that end at once each is counted: the job is completed with the last, and with none before',
  async () => {
    const [last, ...claims] = await auditedJob(20)
    const owner = await app.owner('ann')
    const approve = (claim: { todoId: string; claimId: string }) =>
      audits.put({ ...claim, node, operation: 'putAudit', fingerprint: fingerprintOf(verdict) }, verdict)
    // Whoever has the job's row for itself makes all of them meet there.
    const { approvals } = await database.transaction(async (queries) => {
      await queries.query({ name: 'test.lock', text: 'select from jobs for update' })
      const meeting = { approvals: Promise.all(claims.map(approve)) }
      await allWait(claims.length)
      return meeting
    })
    await approvals
    expect((await owner.getJob({ params: { job_id } })).body.data).toMatchObject({
      status: 'in_progress',
      progress: 0.95,
    })
    await approve(last!)
    expect((await owner.getJob({ params: { job_id } })).body.data).toMatchObject({ status: 'completed', progress: 1 })
  },
  busyMs,
)

/** Waits until so many wait for a lock in this database. */
async function allWait(count: number): Promise<void> {
  for (;;) {
    const [row] = await app.query(
      `select count(*)::int as waiting from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    )
    if (row?.['waiting'] === count) return
  }
}
