import type { ClaimedTodo } from '#consumers/prometheus/shared/claims.ts'
import { taskOf, type ContainerTasks } from '#consumers/prometheus/shared/container-tasks.ts'
import type { CallOptions } from '#harness/client/options.ts'
import type { Stage } from '../tasks/task.ts'

/** Has the container begin a claimed todo; the same again changes nothing there. */
export async function giveToContainer(
  container: ContainerTasks,
  claim: ClaimedTodo,
  options: CallOptions,
): Promise<Stage<never>> {
  const answer = await container.startTask(taskOf(claim), options)
  switch (answer.kind) {
    case 'started':
      return { at: 'given', ended: false }
    case 'conflict':
      return { at: 'reported', report: { kind: 'failure', message: 'The container has another task under this id.' } }
  }
}
