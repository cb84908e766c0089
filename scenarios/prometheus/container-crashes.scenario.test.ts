import type { Todo } from '#consumers/prometheus/owner/jobs.ts'
import type { OwnerApi } from '#consumers/prometheus/owner/api.ts'
import { stories } from '#harness/scenario/stories.ts'
import type { Stack } from '#harness/scenario/stack.ts'
import { completed, newJob } from './jobs.ts'
import { ownerAt, workOf } from './owner.ts'
import { patientAgent } from './patient-agent.ts'
import { withSettings } from './settings.ts'
import { calls } from './traffic.ts'
import { until } from './until.ts'

const agent = await patientAgent()
afterAll(() => agent[Symbol.asyncDispose]())

await stories(
  'prometheus',
  ['mock', 'live'],
  {
    async 'a container crashes in the middle of a task and stays away: the todo waits in the queue and is done once'(
      stack,
    ) {
      const owner = ownerAt(stack)
      const jobId = await jobWithTaskBegun(stack, owner)
      await stack.component('container').kill()
      await endHold(stack)
      const waiting = await until('the todo is queued again', async () => {
        const [todo] = await workOf(owner, jobId)
        return todo?.status === 'queued' ? todo : undefined
      })
      expect(waiting.pullRequestUrl).toBeNull()

      await stack.component('container').start()
      await completed(owner, jobId)
      await expectDoneOnce(stack, owner, jobId)
    },

    async 'a container crashes in the middle of a task and is back at once: the todo is begun anew and done once'(
      stack,
    ) {
      const owner = ownerAt(stack)
      const jobId = await jobWithTaskBegun(stack, owner)
      await stack.component('container').kill()
      await endHold(stack)
      await stack.component('container').start()
      await completed(owner, jobId)
      await expectDoneOnce(stack, owner, jobId)
    },
  },
  { environment: withSettings({ POLL_SECONDS: '0.05', LEASE_SECONDS: '2', AGENT_COMMAND: agent.command }) },
)

/** A job with one todo, which the container has begun to work on and does not end. */
async function jobWithTaskBegun(stack: Stack, owner: OwnerApi): Promise<string> {
  await agent.hold()
  // A mock's agent needs no time: what it makes is on its way for ever.
  stack.fault('container', 'coordinator', { request: () => 'hang' })
  const { jobId } = await owner.createJob(newJob('Write a README'))
  await until('the container works on it', () => begun(stack)[0])
  return jobId
}

async function endHold(stack: Stack): Promise<void> {
  await agent.letGo()
  stack.fault('container', 'coordinator', {})
}

/** The ids of the tasks that the container was given by the worker, oldest first. */
function begun(stack: Stack): readonly string[] {
  const started = calls(stack, 'node-worker', 'container', 'PUT', /^\/api\/tasks\/([^/]+)$/)
  return started.filter(({ status }) => status === 202).map(({ id }) => id)
}

async function expectDoneOnce(stack: Stack, owner: OwnerApi, jobId: string): Promise<void> {
  const [todo] = (await workOf(owner, jobId)) as [Todo]
  const [first, ...anew] = begun(stack)
  expect(todo.status).toBe('done')
  // Twice; on a busy machine a lease may end once more in between.
  expect(todo.attempts).toBeGreaterThanOrEqual(2)
  expect(new Set([first, ...anew]).size).toBe(anew.length + 1)
  expect(anew.map(pullRequestOf)).toContain(todo.pullRequestUrl)
  const submissions = calls(stack, 'node-worker', 'coordinator', 'PUT', /^\/api\/todos\/([^/]+)\/submission$/)
  expect(submissions.filter(({ status }) => status === 200)).toEqual([{ id: todo.todoId, status: 200 }])
  const result = await owner.result(jobId)
  expect(result?.results).toMatchObject([{ todoId: todo.todoId, output: 'Done: Write a README' }])
}

/** The pull request that the agent makes of a task. */
function pullRequestOf(taskId: string): string {
  return `https://github.com/octo-org/octo-repo/pull/${parseInt(taskId.slice(0, 6), 16) + 1}`
}
