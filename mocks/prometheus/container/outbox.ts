import { makeBell, type Bell } from '../shared/bell.ts'
import type { NewTask, Outcome } from './agent.ts'

/** What an agent has made, and whoever is to know it does not yet. */
export type Parcel = Readonly<{ taskId: string; task: NewTask; outcome: Outcome }>

/** What waits to be reported. */
export type Outbox = Readonly<{
  put: (parcel: Parcel) => void
  /** Takes out all of it, oldest first. */
  take: () => readonly Parcel[]
  /** Rung with every parcel. */
  filled: Bell
}>

export function makeOutbox(): Outbox {
  const waiting: Parcel[] = []
  const filled = makeBell()
  return {
    put(parcel) {
      waiting.push(parcel)
      filled.ring()
    },
    take: () => waiting.splice(0),
    filled,
  }
}
