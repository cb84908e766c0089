import type { z } from 'zod'
import type { NewJob } from '#contracts/prometheus/shapes.ts'

/** What states do not say. */
export const pullRequestUrl = 'https://github.com/octo-org/octo-repo/pull/1'
export const githubUsername = 'prometheus-node'
export const someTitle = 'A todo'

/** A job of this name, as an owner would ask for it. */
export function newJob(name: string): z.output<typeof NewJob> {
  return {
    swarm_spec: {
      name,
      description: `What ${name} is about.`,
      agents: [{ agent_name: 'worker', description: 'Does what is asked.', model_name: 'built-in', max_tokens: 1000 }],
      max_loops: 1,
      swarm_type: 'SequentialWorkflow',
      task: 'Do it.',
    },
    repository: { owner: 'octo-org', name: 'octo-repo' },
    metadata: {},
  }
}
