import type { Job, Todo } from '#consumers/prometheus/owner/jobs.ts'
import { oneLive } from '#harness/scenario/kinds.ts'
import { stories } from '#harness/scenario/stories.ts'
import { completed, newJob } from './jobs.ts'
import { ownerAt, wholeAnswers } from './owner.ts'
import { withSettings } from './settings.ts'

const steps = [
  'Write a README',
  'Explain “quotes”, <tags> & 100 % of the costs in €',
  '  Übersetze alles 🚀 \\ and "back"',
]
const titles = steps.map((step) => step.trim())
const plain = newJob(...steps)
const asked = {
  spec: {
    ...plain.spec,
    description: 'Two lines,\nand a\ttab.',
    agents: [{ ...plain.spec.agents[0]!, temperature: 1, top_p: 0.5, system_prompt: '' }, ...plain.spec.agents],
    schedule: { type: 'parallel', max_parallel: 2 } as const,
  },
  repository: { owner: 'Octo-Org', name: 'octo.repo_1' },
  metadata: { ticket: 'DOC-7', 'asked by': 'Zoë', empty: '' },
}

await stories(
  'prometheus',
  ['msw', 'mock', 'live', ...(await oneLive('prometheus'))],
  {
    async 'a job is planned, worked on and audited while its owner looks on, and what went in comes out'(stack) {
      const owner = ownerAt(stack)
      const { jobId } = await owner.createJob(asked)
      const seen: Job[] = []
      const job = await completed(owner, jobId, (each) => seen.push(each))
      expectToHaveGoneOn(seen)
      expect(job).toMatchObject({ name: asked.spec.name, progress: 1, error: null, metadata: asked.metadata })

      const { todos = [] } = (await owner.todos(jobId)) ?? {}
      expect(todos.map(({ kind, title, status, attempts }) => [kind, title, status, attempts])).toEqual([
        ['plan', asked.spec.name, 'done', 1],
        ...titles.map((title) => ['work', title, 'done', 1]),
      ])
      const [plan, ...work] = todos
      expect(plan?.pullRequestUrl).toBeNull()
      expectPullRequests(work)
      const result = await owner.result(jobId)
      expect(result?.results).toEqual(
        work.map(({ todoId, title }) => ({ todoId, output: `Done: ${title}`, metadata: {} })),
      )

      const params = { job_id: jobId }
      const api = wholeAnswers(stack)
      const { data } = (await api.getJob({ params })).body
      expect([data.swarm_spec, data.repository, data.metadata]).toEqual([asked.spec, asked.repository, asked.metadata])
      const all = (await api.listTodos({ params })).body.data
      expect(all.map(({ title, description, repository }) => [title, description, repository])).toEqual([
        [asked.spec.name, asked.spec.task, asked.repository],
        ...titles.map((title) => [title, title, asked.repository]),
      ])
    },
  },
  { environment: withSettings({ POLL_SECONDS: '0.05' }) },
)

/** Neither progress nor status ever goes back. */
function expectToHaveGoneOn(seen: readonly Job[]): void {
  const progress = seen.map((job) => job.progress)
  expect(progress).toEqual(progress.toSorted((a, b) => a - b))
  const changes = seen.map(({ status }) => status).filter((status, index, all) => status !== all[index - 1])
  const order = ['pending', 'in_progress', 'completed']
  expect(changes).toEqual(order.filter((status) => changes.some((change) => change === status)))
}

/** Each has a pull request of its own, in the repository that the owner named. */
function expectPullRequests(work: readonly Todo[]): void {
  const urls = work.map(({ pullRequestUrl }) => pullRequestUrl)
  const { owner, name } = asked.repository
  for (const url of urls) expect(url).toMatch(new RegExp(`^https://github.com/${owner}/${name}/pull/\\d+$`))
  expect(new Set(urls).size).toBe(steps.length)
}
