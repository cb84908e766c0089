import type { ClaimedTodo } from '#consumers/prometheus/shared/claims.ts'
import { stories } from '#harness/scenario/stories.ts'
import type { Stack } from '#harness/scenario/stack.ts'
import { newJob } from './jobs.ts'
import { coordinatorFor, newNodes, onlyKnowing } from './nodes.ts'
import { ownerAt, workOf } from './owner.ts'
import { withSettings } from './settings.ts'

const nodes = newNodes('alice', 'bob')
const dozen = Array.from({ length: 12 }, (_, index) => `Step ${index + 1}`)

await stories(
  'prometheus',
  ['mock', { live: ['coordinator'] }],
  {
    async 'two workers ask for the same todo at the same time, and one of them gets it'(stack) {
      const workers = workersOf(stack)
      expect(await claimAtOnce(workers)).toEqual([])
      for (let round = 0; round < 5; round++) {
        const todoId = crypto.randomUUID()
        const todo = { todo_id: todoId, job_id: crypto.randomUUID(), kind: 'work', title: 'Write a README' }
        await stack.setUp('coordinator', 'todoQueued', todo)
        expect(await claimAtOnce(workers)).toMatchObject([{ todoId, attempts: 1 }])
      }
    },

    async 'two workers ask for all at the same time: each todo has one worker, and each worker the oldest that is left'(
      stack,
    ) {
      const todos = await plan(stack)
      const workers = workersOf(stack)
      const inTurn = [await workers[0].claimWork(), await workers[1].claimWork()]
      expect(inTurn.map((claim) => claim?.todoId)).toEqual(todos.slice(0, 2))

      const claims = await claimAtOnce(workers)
      expect(claims.map(({ todoId }) => todoId).toSorted()).toEqual(todos.slice(2).toSorted())
      expect(new Set(claims.map(({ claimId }) => claimId)).size).toBe(claims.length)
    },

    async 'no worker audits what it submitted, however often it asks'(stack) {
      const todos = await plan(stack)
      const workers = workersOf(stack)
      const submittedBy = new Map<string, number>()
      for (const index of todos.keys()) {
        const by = index % 2
        submittedBy.set(await submitOne(workers[by]!), by)
      }
      const audits = await Promise.all(
        workers.flatMap((worker, by) =>
          times(dozen.length, async () => {
            const audit = await worker.claimAudit()
            return audit && { by, ...audit }
          }),
        ),
      )
      const claimed = audits.filter((audit) => audit !== undefined)
      expect(claimed.map(({ todoId }) => todoId).toSorted()).toEqual(todos.toSorted())
      for (const { todoId, by } of claimed) expect(by).not.toBe(submittedBy.get(todoId))
    },
  },
  { environment: withSettings(onlyKnowing(nodes)) },
)

type Worker = ReturnType<typeof coordinatorFor>

function workersOf(stack: Stack): readonly [Worker, Worker] {
  const [alice, bob] = nodes
  return [coordinatorFor(stack, alice), coordinatorFor(stack, bob)]
}

/** All claims that came of each worker asking a dozen times, all at the same time. */
async function claimAtOnce(workers: readonly Worker[]): Promise<readonly ClaimedTodo[]> {
  const claims = await Promise.all(workers.flatMap((worker) => times(dozen.length, worker.claimWork)))
  return claims.filter((claim) => claim !== undefined)
}

/** A job with a dozen todos; gives their ids in the order of the plan. */
async function plan(stack: Stack): Promise<readonly string[]> {
  const owner = ownerAt(stack)
  const { jobId } = await owner.createJob(newJob(...dozen))
  const [alice] = workersOf(stack)
  const claim = await alice.claimPlan()
  await alice.putPlan(
    claim!,
    dozen.map((title) => ({ title, description: title })),
  )
  return (await workOf(owner, jobId)).map(({ todoId }) => todoId)
}

/** Claims a todo and submits it at once; gives its id. */
async function submitOne(worker: Worker): Promise<string> {
  const claim = await worker.claimWork()
  const { todoId, attempts } = claim!
  const pullRequestUrl = `https://github.com/octo-org/octo-repo/pull/${parseInt(todoId.slice(0, 6), 16) + 1}`
  const submitted = await worker.submit(claim!, { round: attempts, pullRequestUrl, githubUsername: 'octocat' })
  expect(submitted.kind).toBe('done')
  return todoId
}

function times<T>(count: number, act: () => Promise<T>): readonly Promise<T>[] {
  return Array.from({ length: count }, act)
}
