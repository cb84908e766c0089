import type { NewJob } from '../shapes.ts'

/** What states do not say. */
export const repository: NewJob['repository'] = { owner: 'octo-org', name: 'octo-repo' }
export const pullRequestUrl = 'https://github.com/octo-org/octo-repo/pull/1'
export const githubUsername = 'prometheus-node'

/** A job of this name, as an owner would ask for it. */
export function newJob(name: string): NewJob {
  const agent = { agent_name: 'worker', description: 'Does what is asked.', model_name: 'built-in', max_tokens: 1000 }
  const swarm_spec = {
    name,
    description: `What ${name} is about.`,
    agents: [agent],
    max_loops: 1,
    swarm_type: 'SequentialWorkflow',
    task: 'Do it.',
  } as const
  return { swarm_spec: { ...swarm_spec, agents: [agent] }, repository, metadata: {} }
}
