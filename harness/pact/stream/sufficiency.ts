import type { Run } from './envelope.ts'

/** Whether what came has all the runs expected, the last one with as many items as its example: then a replay may leave a stream that goes on. */
export function isSufficient(came: readonly Run[], expected: readonly Run[]): boolean {
  const last = expected.length - 1
  if (came.length < expected.length) return false
  return came.length > expected.length || (came[last]?.items.length ?? 0) >= (expected[last]?.items.length ?? 0)
}
