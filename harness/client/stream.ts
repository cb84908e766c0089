import { createParser, type EventSourceMessage } from 'eventsource-parser'
import type { AnyCallInput } from '#harness/contract/call.ts'
import { isMediaType } from '#harness/contract/content.ts'
import { parseOrder, type OrderState } from '#harness/contract/order.ts'
import type { SseOperation } from '#harness/contract/operation.ts'
import { CallError, ContractViolation, StreamBroken, type CallContext } from './errors.ts'
import { attempt } from './exchange.ts'
import type { CallOptions } from './options.ts'
import { isPassing } from './passing.ts'
import { pause } from './pause.ts'
import { readReply } from './reply.ts'
import { contextOf, requestInit, type Callable } from './request.ts'
import { silenceWatch } from './silence.ts'
import { readTolerantly } from './tolerant.ts'

type AnyEvent = Readonly<{ event: string; data: unknown; id?: string }>

/** Where a stream stands: what may come next, and what the last event was. */
type Progress = { state: OrderState; lastEventId: string | undefined; retryMs: number; events: number }

/**
 * Makes the method of an event stream: an async iterable that opens the connection when it is iterated.
 * An operation that resumes is taken up again with Last-Event-ID after a break, as often as `retries` without progress.
 * The iteration throws ReplyError where the stream is refused, ContractViolation for an event that the contract does not
 * have at that point, StreamBroken where it breaks off.
 */
export function streamCaller(
  callable: Callable<SseOperation>,
): (input?: AnyCallInput, options?: CallOptions) => AsyncIterable<AnyEvent> {
  const order = parseOrder(callable.operation.spec.order)
  return (input = {}, options = {}) => ({
    async *[Symbol.asyncIterator]() {
      const progress: Progress = {
        state: order.start,
        lastEventId: undefined,
        retryMs: callable.settings.retryDelayMs,
        events: 0,
      }
      for (let failures = 0; ;) {
        const before = progress.events
        try {
          yield* connection(callable, { input, options }, progress)
          return
        } catch (error) {
          if (options.signal?.aborted) throw options.signal.reason
          failures = progress.events > before ? 1 : failures + 1
          if (!canResume(callable, error) || failures > callable.settings.retries) throw error
          await pause(Math.min(progress.retryMs * 2 ** (failures - 1), 10_000), options.signal)
        }
      }
    },
  })
}

function canResume({ operation }: Callable<SseOperation>, error: unknown): boolean {
  return operation.spec.resumes === true && (error instanceof StreamBroken || isPassing(operation, error))
}

type StreamCall = Readonly<{ input: AnyCallInput; options: CallOptions }>

async function* connection(
  callable: Callable<SseOperation>,
  { input, options }: StreamCall,
  progress: Progress,
): AsyncGenerator<AnyEvent> {
  const context = contextOf(callable, input)
  const init = await requestInit(callable, input, context)
  if (progress.lastEventId !== undefined) init.headers.set('last-event-id', progress.lastEventId)
  const silence = silenceWatch(callable.settings.silenceMs, options.signal)
  try {
    // Once the head is there the deadline of a whole answer does not hold any more: only silence ends a stream.
    const reply = await attempt(callable, { init, context, options: { signal: silence.signal } }, (head) =>
      Promise.resolve(head),
    )
    const body = await eventBody(callable, reply, context)
    for await (const message of messages(body, progress, silence.heard)) {
      const read = readEvent(callable, { message, context }, progress)
      silence.hold()
      yield read
      silence.heard()
      if (progress.state.final) return
    }
    if (progress.state.complete) return
    throw new StreamBroken(context, `the stream ended where ${progress.state.expected.join(' or ')} should come`)
  } catch (error) {
    if (silence.silent) throw new StreamBroken(context, `nothing came for ${callable.settings.silenceMs} ms`)
    if (error instanceof CallError || options.signal?.aborted) throw error
    throw new StreamBroken(context, 'the connection broke', { cause: error })
  } finally {
    silence.stop()
  }
}

async function eventBody(
  callable: Callable<SseOperation>,
  reply: Response,
  context: CallContext,
): Promise<ReadableStream<Uint8Array>> {
  const isStream = reply.status === 200 && isMediaType(reply.headers.get('content-type'), 'text/event-stream')
  if (isStream && reply.body) return reply.body
  await readReply(callable, reply, context)
  throw new ContractViolation(
    context,
    `answered ${reply.status} as ${reply.headers.get('content-type')} where a stream of events should come.`,
  )
}

async function* messages(
  body: ReadableStream<Uint8Array>,
  progress: Progress,
  heard: () => void,
): AsyncGenerator<EventSourceMessage> {
  const waiting: EventSourceMessage[] = []
  const parser = createParser({
    onEvent: (message) => waiting.push(message),
    onRetry: (milliseconds) => (progress.retryMs = milliseconds),
  })
  const decoder = new TextDecoder()
  for await (const chunk of body) {
    heard()
    parser.feed(decoder.decode(chunk, { stream: true }))
    yield* waiting.splice(0)
  }
}

type Received = Readonly<{ message: EventSourceMessage; context: CallContext }>

function readEvent(callable: Callable<SseOperation>, { message, context }: Received, progress: Progress): AnyEvent {
  const name = message.event ?? 'message'
  const schema = callable.operation.spec.events[name]
  const next = progress.state.next(name)
  if (!schema)
    throw new ContractViolation(context, `the stream carried an event "${name}", which the contract does not have.`)
  if (!next)
    throw new ContractViolation(
      context,
      `"${name}" came where the contract allows ${progress.state.expected.join(' or ') || 'nothing more'}.`,
    )
  const data = readTolerantly(schema, parseData(message.data, name, context), context)
  progress.state = next
  progress.events++
  if (message.id !== undefined) progress.lastEventId = message.id
  return { event: name, data, ...(message.id !== undefined && { id: message.id }) }
}

function parseData(text: string, event: string, context: CallContext): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new ContractViolation(context, `the data of event "${event}" is no JSON: ${text.slice(0, 60)}`)
  }
}
