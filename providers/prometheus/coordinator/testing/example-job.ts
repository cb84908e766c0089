import type { z } from 'zod'
import type { NewJob } from '#contracts/prometheus/shapes.ts'

/** A job as an owner asks for it. */
export const exampleJob: z.output<typeof NewJob> = {
  swarm_spec: {
    name: 'Documentation',
    description: 'All that a reader needs.',
    agents: [{ agent_name: 'writer', description: 'Writes.', model_name: 'gpt-4', max_tokens: 1000 }],
    max_loops: 1,
    swarm_type: 'SequentialWorkflow',
    task: 'Write a README\nWrite a guide',
  },
  repository: { owner: 'octo-org', name: 'octo-repo' },
}

/** So many steps of a plan. */
export function exampleSteps(count: number): { title: string; description: string }[] {
  return Array.from({ length: count }, (_, index) => ({ title: `Step ${index + 1}`, description: 'In plain words.' }))
}
