/**
 * What a promise was rejected with, for tests that look at several sides of it.
 * @throws Error where it was fulfilled.
 */
export async function failureOf(work: Promise<unknown>): Promise<unknown> {
  const outcome = await work.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  )
  if ('error' in outcome) return outcome.error
  throw new Error(`it should have failed, and gave ${JSON.stringify(outcome.value)}`)
}
