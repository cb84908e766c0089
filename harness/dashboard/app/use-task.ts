import { useRef, useState } from 'react'
import { CallError, ReplyError } from '#harness/client/errors.ts'

/** Something that is asked of the stack, and how it stands. */
export type Task<T> =
  | Readonly<{ kind: 'idle' }>
  | Readonly<{ kind: 'busy' }>
  | Readonly<{ kind: 'done'; value: T }>
  | Readonly<{ kind: 'failed'; error: unknown }>

/** Runs work, one at a time: of several the last counts. */
export function useTask<T>(): readonly [Task<T>, (work: (() => Promise<T>) | undefined) => void] {
  const [task, setTask] = useState<Task<T>>({ kind: 'idle' })
  const last = useRef(0)
  function run(work: (() => Promise<T>) | undefined): void {
    const number = ++last.current
    const settle = (next: Task<T>): void => {
      if (number === last.current) setTask(next)
    }
    if (!work) return settle({ kind: 'idle' })
    settle({ kind: 'busy' })
    work().then(
      (value) => settle({ kind: 'done', value }),
      (error: unknown) => settle({ kind: 'failed', error }),
    )
  }
  return [task, run]
}

/** What went wrong, for a person: what the stack says, where it says something. */
export function messageOf(error: unknown): string {
  if (error instanceof ReplyError && error.problem) return error.problem.message
  if (error instanceof CallError) return `The stack does not answer as it should: ${error.message}`
  return error instanceof Error ? error.message : String(error)
}
