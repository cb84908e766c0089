import { refusalOf, type Refusal } from '../refusal.ts'

/**
 * The refusal that an API function was rejected with.
 * @throws what else it was rejected with, or Error where it was fulfilled.
 */
export async function refusalBy(work: Promise<unknown>): Promise<Refusal> {
  const outcome = await work.then(
    () => undefined,
    (error: unknown) => ({ error }),
  )
  if (!outcome) throw new Error('it should have been refused')
  const refusal = refusalOf(outcome.error)
  if (!refusal) throw outcome.error as Error
  return refusal
}

/** All that an async iterable gives. */
export async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const got: T[] = []
  for await (const item of items) got.push(item)
  return got
}
