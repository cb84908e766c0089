import { refusalOf, type Refusal } from '../refusal.ts'

/**
 * The refusal that a call was rejected with.
 * @throws what else it was rejected with, or Error where it was fulfilled.
 */
export async function refusalBy(call: Promise<unknown>): Promise<Refusal> {
  const outcome = await call.then(
    () => undefined,
    (error: unknown) => ({ error }),
  )
  if (!outcome) throw new Error('it should have been refused')
  const refusal = refusalOf(outcome.error)
  if (!refusal) throw outcome.error as Error
  return refusal
}
