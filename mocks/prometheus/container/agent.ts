import type { z } from 'zod'
import type {
  NewTask as NewTaskShape,
  Plan as PlanShape,
  Repository,
  Verdict as VerdictShape,
} from '#contracts/prometheus/shapes.ts'
import { shortened } from '../shared/shortened.ts'

export type NewTask = z.output<typeof NewTaskShape>
export type Plan = z.output<typeof PlanShape>
export type Verdict = z.output<typeof VerdictShape>

/** What an agent makes of a task. */
export type Outcome =
  | Readonly<{ kind: 'planned'; todos: Plan }>
  | Readonly<{ kind: 'worked'; output: string; pullRequestUrl: string }>
  | Readonly<{ kind: 'failed'; error: string }>

const longestTitle = 200
const longestPlan = 100

/** The built-in agent: it thinks of nothing, and always of the same. */
export function doTask(taskId: string, task: NewTask): Outcome {
  switch (task.kind) {
    case 'plan':
      return plan(task.description)
    case 'work':
      return { kind: 'worked', output: `Done: ${task.title}`, pullRequestUrl: pullRequestOf(taskId, task.repository) }
  }
}

/** One step for each line that says something. */
function plan(description: string): Outcome {
  const lines = description.split('\n').flatMap((line) => line.trim() || [])
  if (lines.length === 0) return { kind: 'failed', error: 'There is nothing to plan: the description is empty.' }
  if (lines.length > longestPlan)
    return { kind: 'failed', error: `There is too much to plan: ${lines.length} steps, and ${longestPlan} may be.` }
  return { kind: 'planned', todos: lines.map((line) => ({ title: shortened(line, longestTitle), description: line })) }
}

/** The same for the same task, so that a task that is done twice has one pull request. */
function pullRequestOf(taskId: string, { owner, name }: z.output<typeof Repository>): string {
  const number = Number.parseInt(taskId.slice(0, 6), 16) + 1
  return `https://github.com/${owner}/${name}/pull/${number}`
}

const ownForm = /^https:\/\/github\.com\/[A-Za-z0-9-]{1,39}\/[A-Za-z0-9._-]{1,100}\/pull\/\d+$/

/** Approves pull requests of the agent's own form. */
export function judge(pullRequestUrl: string): Verdict {
  return ownForm.test(pullRequestUrl)
    ? { approved: true, reason: 'It is a pull request on GitHub.' }
    : { approved: false, reason: 'It is no pull request on GitHub.' }
}
