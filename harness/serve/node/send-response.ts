import type { OutgoingHttpHeader, ServerResponse } from 'node:http'
import { eventStream } from '../event-stream.ts'
import { rawOf } from '../raw-headers.ts'
import { wholeBodyOf, type WholeBody } from '../whole-response.ts'
import { httpDate } from './http-date.ts'

/** Told of a reply as it goes out. */
export type ReplyWitness = Readonly<{
  /** Before the head is sent: names and values in turn, as they stand on the wire. */
  head: (status: number, rawHeaders: readonly string[], kind: 'whole' | 'events') => void
  body: (chunk: string | Uint8Array) => void
  /** Before the caller can know that this was all. */
  end: () => void
  /** The connection breaks in place of a reply, or in the middle of one. */
  broken: () => void
}>

/**
 * Sends a response. One that stands for a failure of the network (`Response.error()`, Fetch §2.2.6) breaks the connection
 * off, and so does a body that fails.
 */
export function sendResponse(
  response: Response,
  outgoing: ServerResponse,
  witness?: ReplyWitness,
): Promise<void> | undefined {
  if (response.type === 'error') {
    witness?.broken()
    outgoing.req.socket.resetAndDestroy()
    return undefined
  }
  const whole = wholeBodyOf(response)
  if (whole === undefined) return sendStream(response, outgoing, witness)
  sendWhole({ status: response.status, headers: rawOf(response.headers), body: whole }, outgoing, witness)
  return undefined
}

type Whole = Readonly<{ status: number; headers: string[]; body: WholeBody }>

function sendWhole(
  { status, headers, body }: Whole,
  outgoing: ServerResponse,
  witness: ReplyWitness | undefined,
): void {
  if (body !== null || mayHaveBody(status, outgoing)) headers.push('content-length', String(lengthOf(body)))
  headers.push('date', httpDate())
  witness?.head(status, headers, 'whole')
  if (witness && body !== null) witness.body(body)
  witness?.end()
  outgoing.writeHead(status, headers as OutgoingHttpHeader[])
  outgoing.end(body ?? undefined)
}

/** RFC 9110 §8.6: these have no length of their own. */
function mayHaveBody(status: number, { req }: ServerResponse): boolean {
  return status !== 204 && status !== 304 && req.method !== 'HEAD'
}

function lengthOf(body: WholeBody): number {
  return typeof body === 'string' ? Buffer.byteLength(body) : (body?.byteLength ?? 0)
}

async function sendStream(
  response: Response,
  outgoing: ServerResponse,
  witness: ReplyWitness | undefined,
): Promise<void> {
  const headers = [...rawOf(response.headers), 'date', httpDate()]
  const isEvents = response.headers.get('content-type') === eventStream
  witness?.head(response.status, headers, isEvents ? 'events' : 'whole')
  outgoing.writeHead(response.status, response.statusText, headers as OutgoingHttpHeader[])
  const reader = response.body?.getReader()
  // The head goes out with the first part, where that is there by then.
  const flush = setImmediate(() => outgoing.flushHeaders())
  outgoing.once('close', () => {
    clearImmediate(flush)
    reader?.cancel().catch(() => undefined)
  })
  try {
    for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
      witness?.body(part.value)
      if (!outgoing.write(part.value) && !outgoing.closed) await drained(outgoing)
    }
    witness?.end()
    outgoing.end()
  } catch {
    witness?.broken()
    // What was sent before arrives; then the connection ends in the middle.
    outgoing.req.socket.destroySoon()
  }
}

async function drained(outgoing: ServerResponse): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  outgoing.once('drain', resolve).once('close', resolve)
  await promise
  outgoing.off('drain', resolve).off('close', resolve)
}
