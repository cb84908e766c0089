import type { ServerResponse } from 'node:http'

/**
 * A stream that breaks the connection off where it fails, and says nothing of the reason: the adaptor would write that into
 * the stream, and on the console.
 */
export function breakable(response: Response, outgoing: ServerResponse): Response {
  const reader = response.body?.getReader()
  if (!reader) return response
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const next = await reader.read().catch(() => 'failed' as const)
        if (next === 'failed') outgoing.destroy()
        else if (next.done) controller.close()
        else controller.enqueue(next.value)
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  )
  return new Response(body, response)
}
