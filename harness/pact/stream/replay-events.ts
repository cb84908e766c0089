import { jsonOr } from '#harness/contract/json.ts'
import { createParser } from 'eventsource-parser'
import { isMediaType } from '#harness/contract/content.ts'
import { queryString } from '#harness/contract/path.ts'
import { toRuns, type RunItem, type SseEnvelope } from './envelope.ts'
import type { Replayed, ReplayOptions, StreamProblem } from './replay-stream.ts'
import { isSufficient } from './sufficiency.ts'

type Named = RunItem & { name: string }

/** What came over one connection. `reads` counts the pieces in which events arrived. */
type Reception = { items: Named[]; reads: number; ended: boolean; timedOut: boolean }

/** How often a stream that seems held back is asked again: a busy machine may put what was sent bit by bit into one read. */
const progressiveTries = 3

/**
 * Opens an event stream and takes what comes: to its end where the example has one, else until as much came as the
 * example has. So streams that never end can be replayed too.
 */
export async function replayEvents(envelope: SseEnvelope, options: ReplayOptions): Promise<Replayed> {
  const url = `${options.baseUrl}${envelope.path}${queryString(envelope.query)}`
  let reception: Reception | Replayed = await receive(url, envelope, options)
  for (let tries = 1; tries < progressiveTries && 'items' in reception && isHeldBack(envelope, reception); tries++) {
    reception = await receive(url, envelope, options)
  }
  if (!('items' in reception)) return reception
  return { response: toRuns(reception.items), problems: problemsOf(envelope, reception, options) }
}

function isHeldBack(envelope: SseEnvelope, { items, reads }: Reception): boolean {
  return envelope.progressive && items.length > 2 && reads < 2
}

function problemsOf(
  envelope: SseEnvelope,
  reception: Reception,
  { timeoutMs }: ReplayOptions,
): readonly StreamProblem[] {
  const problems: StreamProblem[] = []
  if (reception.timedOut && reception.items.length === 0)
    problems.push({ code: 'no-answer', message: `No event came within ${timeoutMs} ms.` })
  else if (reception.timedOut && envelope.ends) {
    problems.push({
      code: 'stream-not-ended',
      message: `The stream was still open ${timeoutMs} ms after it was opened.`,
    })
  }
  if (isHeldBack(envelope, reception)) {
    problems.push({
      code: 'stream-held-back',
      message: `All ${reception.items.length} events came at once, at the end, in ${progressiveTries} tries.`,
    })
  }
  return problems
}

async function receive(url: string, envelope: SseEnvelope, options: ReplayOptions): Promise<Reception | Replayed> {
  const leave = new AbortController()
  const reception: Reception = { items: [], reads: 0, ended: false, timedOut: false }
  const timer = setTimeout(() => {
    reception.timedOut = true
    leave.abort()
  }, options.timeoutMs)
  try {
    const reply = await fetch(url, requestOf(envelope, leave.signal))
    const type = reply.headers.get('content-type')
    if (reply.status !== 200 || !isMediaType(type, 'text/event-stream') || !reply.body) {
      const body = await reply.text()
      const message = `It answered ${reply.status} as ${type ?? 'no media type'} in place of a stream: ${body.slice(0, 200)}`
      return { response: [], problems: [{ code: 'stream-mismatch', message }] }
    }
    await readInto(
      reception,
      reply.body,
      () => !envelope.ends && isSufficient(toRuns(reception.items), options.expected),
    )
  } catch (error) {
    // A connection that breaks ends the stream; what is missing then shows in what came.
    if (!leave.signal.aborted && !isNetworkError(error)) throw error
  } finally {
    clearTimeout(timer)
    leave.abort()
  }
  return reception
}

/** By name: Jest's tests have a `TypeError` of their own, to which that of Node's fetch does not belong. */
function isNetworkError(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'name' in error && error.name === 'TypeError'
}

function requestOf(envelope: SseEnvelope, signal: AbortSignal): RequestInit {
  const headers = new Headers({ accept: 'text/event-stream', ...envelope.headers })
  if (envelope.body === undefined) return { method: envelope.method, headers, signal }
  headers.set('content-type', 'application/json')
  return { method: envelope.method, headers, signal, body: JSON.stringify(envelope.body) }
}

async function readInto(
  reception: Reception,
  body: ReadableStream<Uint8Array>,
  isEnough: () => boolean,
): Promise<void> {
  const parser = createParser({
    onEvent: ({ event = 'message', data, id }) =>
      reception.items.push({ name: event, ...(id !== undefined && { id }), data: jsonOr(data, data) }),
  })
  const decoder = new TextDecoder()
  for await (const chunk of body) {
    const before = reception.items.length
    parser.feed(decoder.decode(chunk, { stream: true }))
    if (reception.items.length > before) reception.reads++
    if (isEnough()) return
  }
  reception.ended = true
}
