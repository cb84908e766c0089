import type { AnyReport, Claim, Stage, Task } from '../tasks/task.ts'
import type { Workshop } from './workshop.ts'

/** A task that a node works on. */
export type ClaimedTask<C extends Claim, R extends AnyReport> = Task<C, R> & Readonly<{ claim: C }>

/** Puts a task into its next stage. A report that came meanwhile stands: then nothing happens. */
export async function move<C extends Claim, R extends AnyReport>(
  { tasks, log }: Workshop<C, R>,
  { taskId, stage: from }: Task<C, R>,
  to: Stage<R>,
): Promise<void> {
  const moved = await tasks.change(taskId, (task) => (task.stage.at === from.at ? { ...task, stage: to } : task))
  if (moved?.stage === to && to.at !== from.at) log.info({ task: taskId, from: from.at, to: to.at }, 'Task moved on')
}

/** Gives a task up: its lease is lost. */
export async function abandon<C extends Claim, R extends AnyReport>(
  workshop: Workshop<C, R>,
  task: ClaimedTask<C, R>,
  reason: string,
): Promise<void> {
  workshop.log.warn({ task: task.taskId, todo: task.claim.todoId, reason }, 'Task abandoned')
  await move(workshop, task, { at: 'abandoned' })
}
