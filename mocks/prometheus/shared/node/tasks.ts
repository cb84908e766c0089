import { Refusal } from '#harness/contract/error-shape.ts'
import { makeBell, type Bell } from '../bell.ts'
import { sameContent } from '../same-content.ts'

/** What a container says of a task: what came of it, or that nothing did. */
export type Report<Product> =
  | Readonly<{ kind: 'product'; product: Product }>
  | Readonly<{ kind: 'failure'; message: string }>

export type NodeTask<Product> =
  | Readonly<{ status: 'awaited' }>
  | Readonly<{ status: 'reported'; report: Report<Product> }>
  | Readonly<{ status: 'abandoned' }>

/** The tasks that a node has given to its container, by their ids. */
export type NodeTasks<Product> = Readonly<{
  await: (taskId: string) => void
  abandon: (taskId: string) => void
  /**
   * Takes a report. The same one again changes nothing.
   * Throws Refusal: 404 for a task that is unknown, 409 for one that was given up or of which something else was reported.
   */
  report: (taskId: string, report: Report<Product>) => void
  /** Throws Refusal 404 for a task that is unknown. */
  get: (taskId: string) => NodeTask<Product>
  reportOf: (taskId: string) => Report<Product> | undefined
  /** Rung with every report. */
  reported: Bell
}>

export function makeNodeTasks<Product>(): NodeTasks<Product> {
  const all = new Map<string, NodeTask<Product>>()
  const reported = makeBell()
  function get(taskId: string): NodeTask<Product> {
    const task = all.get(taskId)
    if (!task) throw new Refusal(404, 'not_found', { message: 'There is no such task.' })
    return task
  }
  return {
    await: (taskId) => void all.set(taskId, { status: 'awaited' }),
    abandon: (taskId) => void all.set(taskId, { status: 'abandoned' }),
    report(taskId, report) {
      const task = get(taskId)
      if (task.status === 'abandoned')
        throw new Refusal(409, 'abandoned', { message: 'The node does not wait for this task any more.' })
      if (task.status === 'reported' && !sameContent(task.report, report))
        throw new Refusal(409, 'conflict', { message: 'Something else was reported of this task.' })
      all.set(taskId, { status: 'reported', report })
      reported.ring()
    },
    get,
    reportOf(taskId) {
      const task = all.get(taskId)
      return task?.status === 'reported' ? task.report : undefined
    },
    reported,
  }
}
