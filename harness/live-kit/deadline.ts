/** Thrown where something took longer than it may. */
class DeadlineExceeded extends Error {
  override readonly name = 'DeadlineExceeded'
}

/**
 * Waits for work, and no longer than a number of milliseconds. The work itself goes on where it cannot be stopped.
 * @throws DeadlineExceeded, or what the work throws.
 */
export async function withDeadline<T>(what: string, milliseconds: number, work: Promise<T>): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(
    () => reject(new DeadlineExceeded(`${what} took longer than ${milliseconds} ms`)),
    milliseconds,
  )
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
    // Whichever comes second is nobody's any more.
    work.catch(() => undefined)
  }
}
