import { useState } from 'react'
import { failureOf, type Failure } from '../failures/failure.ts'
import { useExpiry } from '../session/session-context.ts'

/** Something that somebody asked for, such as saving a form. */
export type Task = Readonly<{
  isRunning: boolean
  /** Why it failed the last time. */
  failure: Failure | undefined
  /** Does it; what is thrown is kept as the failure. Gives whether it worked. A session that is over ends. */
  run: (work: () => Promise<void>) => Promise<boolean>
  forget: () => void
}>

export function useTask(): Task {
  const [isRunning, setRunning] = useState(false)
  const [failure, setFailure] = useState<Failure>()
  const endSession = useExpiry()
  async function run(work: () => Promise<void>): Promise<boolean> {
    setRunning(true)
    setFailure(undefined)
    try {
      await work()
      return true
    } catch (error) {
      const found = failureOf(error)
      if (found.kind === 'unauthorized') endSession()
      else setFailure(found)
      return false
    } finally {
      setRunning(false)
    }
  }
  return { isRunning, failure, run, forget: () => setFailure(undefined) }
}
