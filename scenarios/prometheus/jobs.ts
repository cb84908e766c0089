import type { OwnerApi } from '#consumers/prometheus/owner/api.ts'
import type { Job, NewJob } from '#consumers/prometheus/owner/jobs.ts'
import { until } from './until.ts'

/** A job with these steps. */
export function newJob(...steps: readonly string[]): NewJob {
  return {
    spec: {
      name: 'Documentation',
      description: 'Documents the project.',
      agents: [{ agent_name: 'writer', description: 'Writes.', model_name: 'gpt-4o', max_tokens: 4096 }],
      max_loops: 1,
      swarm_type: 'SequentialWorkflow',
      task: steps.join('\n'),
    },
    repository: { owner: 'octo-org', name: 'octo-repo' },
  }
}

/**
 * The job as it is completed. `seen` gets it each time that it is looked at.
 * @throws Error where it ends otherwise or is not completed in time; with its todos.
 */
export async function completed(
  owner: OwnerApi,
  jobId: string,
  seen: (job: Job) => void = () => undefined,
): Promise<Job> {
  const ended = await until('the job has ended', async () => {
    const job = await owner.job(jobId)
    if (job) seen(job)
    return job && ['completed', 'failed', 'cancelled'].includes(job.status) ? job : undefined
  }).catch(async (error: unknown) => {
    throw new Error(`${String(error)} ${await todosOf(owner, jobId)}`, { cause: error })
  })
  if (ended.status === 'completed') return ended
  throw new Error(`job ${jobId} is ${ended.status}: ${ended.error}. ${await todosOf(owner, jobId)}`)
}

async function todosOf(owner: OwnerApi, jobId: string): Promise<string> {
  const list = await owner.todos(jobId)
  const words = (list?.todos ?? []).map(({ title, status, attempts }) => `"${title}" ${status} (${attempts})`)
  return `Its todos: ${words.join(', ')}.`
}
