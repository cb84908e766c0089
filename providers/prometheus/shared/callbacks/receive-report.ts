import { isDeepStrictEqual } from 'node:util'
import { Refusal } from '#harness/contract/error-shape.ts'
import type { AnyReport, Claim, Failure, Task } from '../tasks/task.ts'

/**
 * What a task becomes by a report of the container. The same report again changes nothing.
 * @throws Refusal with 409 `conflict` where another report came before, 409 `abandoned` where the task was given up.
 */
export function receiveReport<C extends Claim, R extends AnyReport>(task: Task<C, R>, report: R | Failure): Task<C, R> {
  const { stage } = task
  switch (stage.at) {
    case 'claimed':
    case 'given':
      return { ...task, stage: { at: 'reported', report } }
    case 'reported':
    case 'settled':
      if (isDeepStrictEqual(stage.report, report)) return task
      throw new Refusal(409, 'conflict', { message: 'Something else was reported of this task before.' })
    case 'abandoned':
      throw new Refusal(409, 'abandoned', { message: 'This task was given up: its lease is over.' })
  }
}
