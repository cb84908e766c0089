import type { OutgoingHttpHeader, ServerResponse } from 'node:http'
import { eventStream } from '../event-stream.ts'
import { rawOf } from '../raw-headers.ts'
import { wholeBodyOf, type WholeBody } from '../whole-response.ts'
import { httpDate } from './http-date.ts'
import type { Witness } from './witness.ts'

/**
 * Sends a response. One that stands for a failure of the network (`Response.error()`, Fetch §2.2.6) breaks the connection
 * off, and so does a body that fails.
 */
export function sendResponse(
  response: Response,
  outgoing: ServerResponse,
  witness?: Witness,
): Promise<void> | undefined {
  if (response.type === 'error') {
    witness?.broken()
    outgoing.req.socket.resetAndDestroy()
    return undefined
  }
  const body = wholeBodyOf(response)
  if (body === undefined) return sendStream(response, outgoing, witness)
  sendWhole({ status: response.status, headers: rawOf(response.headers), body }, outgoing, witness)
  return undefined
}

type Whole = Readonly<{ status: number; headers: string[]; body: WholeBody }>

/** Head and body leave in one piece. */
function sendWhole({ status, headers, body }: Whole, outgoing: ServerResponse, witness: Witness | undefined): void {
  if (body !== null || mayHaveBody(status, outgoing)) headers.push('content-length', String(lengthOf(body)))
  headers.push('date', httpDate())
  witness?.head(status, headers, 'whole')
  if (witness && body !== null) witness.said(body)
  witness?.ended()
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

async function sendStream(response: Response, outgoing: ServerResponse, witness: Witness | undefined): Promise<void> {
  sendHead(response, outgoing, witness)
  const reader = response.body?.getReader()
  if (reader) outgoing.once('close', () => void reader.cancel().catch(() => undefined))
  try {
    for (let part = await reader?.read(); part?.value; part = await reader?.read()) {
      witness?.said(part.value)
      if (!outgoing.write(part.value)) await drained(outgoing)
    }
    witness?.ended()
    outgoing.end()
  } catch {
    witness?.broken()
    // What was sent before arrives; then the connection ends in the middle.
    outgoing.req.socket.destroySoon()
  }
}

/** The head goes out with the first part of the body, where that is there soon. */
function sendHead({ status, statusText, headers }: Response, outgoing: ServerResponse, witness?: Witness): void {
  const raw = [...rawOf(headers), 'date', httpDate()]
  witness?.head(status, raw, headers.get('content-type') === eventStream ? 'events' : 'whole')
  outgoing.writeHead(status, statusText || undefined, raw as OutgoingHttpHeader[])
  const flush = setImmediate(() => outgoing.flushHeaders())
  outgoing.once('close', () => clearImmediate(flush))
}

async function drained(outgoing: ServerResponse): Promise<void> {
  if (outgoing.closed) return
  const { promise, resolve } = Promise.withResolvers<void>()
  outgoing.once('drain', resolve).once('close', resolve)
  await promise
  outgoing.off('drain', resolve).off('close', resolve)
}
