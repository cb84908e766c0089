import type { MiddlewareHandler } from 'hono'

/** Refuses bodies of more than so many bytes with 413, whether or not they say how long they are. */
export function limitBodies(mostBytes: number): MiddlewareHandler {
  return async (c, next) => {
    if (c.req.method === 'GET' || c.req.method === 'HEAD') return next()
    const tooLarge = (): Response => c.json({ error: `The body is larger than ${mostBytes} bytes.` }, 413)
    if (Number(c.req.header('content-length') ?? 0) > mostBytes) return tooLarge()
    if (c.req.header('transfer-encoding') === undefined) return next()
    const text = await readAtMost(c.req.raw.body, mostBytes)
    if (text === undefined) return tooLarge()
    c.req.bodyCache.text = text
    return next()
  }
}

async function readAtMost(body: ReadableStream<Uint8Array> | null, mostBytes: number): Promise<string | undefined> {
  const parts: Uint8Array[] = []
  let bytes = 0
  for await (const part of (body ?? []) as AsyncIterable<Uint8Array>) {
    bytes += part.byteLength
    if (bytes > mostBytes) return undefined
    parts.push(part)
  }
  return Buffer.concat(parts).toString('utf8')
}
