import type { Stack } from '#harness/scenario/stack.ts'

/** A call of which a stack knows: the id in its path, and the status of its reply; undefined where there was none. */
export type Call = Readonly<{ id: string; status: number | undefined }>

/**
 * The calls of one kind that have ended on an edge since the last reset, oldest first.
 * @param path finds the id in a path
 */
// oxlint-disable-next-line eslint/max-params -- an edge and an operation, as everywhere
export function calls(stack: Stack, consumer: string, provider: string, method: string, path: RegExp): readonly Call[] {
  return stack.traffic(consumer, provider).flatMap(({ request, reply }) => {
    const [found, id] = request.method === method ? (path.exec(request.path) ?? []) : []
    return found === undefined ? [] : [{ id: id ?? '', status: reply?.status }]
  })
}
