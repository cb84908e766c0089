import type { NewJob } from '../jobs.ts'
import { repository } from '#consumers/prometheus/shared/testing/examples.ts'

/** A job as an owner writes it. */
export const documentation: NewJob = {
  spec: {
    name: 'Documentation',
    description: 'Documents the project.',
    agents: [
      { agent_name: 'writer', description: 'Writes.', model_name: 'gpt-4o', max_tokens: 4096, temperature: 0.5 },
    ],
    max_loops: 1,
    swarm_type: 'SequentialWorkflow',
    task: 'Write a README\nWrite a guide',
    schedule: { type: 'parallel', max_parallel: 2 },
  },
  repository,
  metadata: { ticket: 'DOC-7' },
}
