import { CallError, ContractViolation, ReplyError } from '#harness/client/errors.ts'
import { makeBell } from './bell.ts'

/** What became of a call: `refused` will be so again, `unanswered` may be over in a moment. */
export type Outcome<T> =
  | Readonly<{ kind: 'answered'; value: T }>
  | Readonly<{ kind: 'refused'; code: string }>
  | Readonly<{ kind: 'unanswered' }>

/** A call of a typed client, which ends when the signal aborts. */
export type Calling<T> = (options: { signal: AbortSignal }) => Promise<T>

/** Calls once. Throws what is no failure of the call. */
export async function tryCall<T>(call: Calling<T>, signal: AbortSignal): Promise<Outcome<T>> {
  try {
    return { kind: 'answered', value: await call({ signal }) }
  } catch (error) {
    if (signal.aborted) return { kind: 'unanswered' }
    if (!(error instanceof CallError)) throw error
    return failureOf(error)
  }
}

function failureOf(error: CallError): Outcome<never> {
  if (error instanceof ContractViolation) return { kind: 'refused', code: 'contract_violation' }
  // A failure of the provider itself says nothing about the call.
  if (!(error instanceof ReplyError) || error.status >= 500) return { kind: 'unanswered' }
  return { kind: 'refused', code: error.problem?.code ?? String(error.status) }
}

export type Insistence = Readonly<{
  signal: AbortSignal
  /** Whether an answer is of no more use. Default never. */
  isOver?: () => boolean
}>

const shortestPauseMs = 25
const longestPauseMs = 1000

/** Calls until there is an answer, with pauses that double; `unanswered` where it is over before. */
export async function insist<T>(call: Calling<T>, { signal, isOver = () => false }: Insistence): Promise<Outcome<T>> {
  const bell = makeBell()
  for (let pause = shortestPauseMs; !signal.aborted && !isOver(); pause = Math.min(2 * pause, longestPauseMs)) {
    const outcome = await tryCall(call, signal)
    if (outcome.kind !== 'unanswered') return outcome
    await bell.wait(pause, signal)
  }
  return { kind: 'unanswered' }
}
