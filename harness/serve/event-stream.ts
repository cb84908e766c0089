import { parseOrder } from '#harness/contract/order.ts'
import type { SseOperation } from '#harness/contract/operation.ts'
import { OutsideContract } from './write-reply.ts'

/** The media type of a stream of events. */
export const eventStream = 'text/event-stream'

type AnyEvent = Readonly<{ event: string; data: unknown; id?: string }>

/** How many events may wait for a reader before the handler waits for it too. */
const waitingEvents = 16

/** How often a silent stream sends a comment, so that proxies keep it open. */
const keepAliveMs = 15_000

/**
 * Makes the writer of an operation's event streams (WHATWG HTML §9.2.5): each event goes out when the handler yields it.
 * An event outside the contract, an order that the contract does not have, or a handler that throws breaks the
 * connection (a stream has no status left to say it with) and is told to `onBreak`. The head goes out at once, before the
 * first event: a handler refuses before it returns its events.
 */
export function streamWriter(
  operation: SseOperation,
): (events: AsyncIterator<AnyEvent>, onBreak: (error: unknown) => void) => Response {
  const order = parseOrder(operation.spec.order)
  const encoder = new TextEncoder()
  return (events, onBreak) => {
    const check = eventChecker(operation, order.start)
    let keepAlive: ReturnType<typeof setInterval> | undefined
    let open = true
    let wake: (() => void) | undefined
    const body = new ReadableStream<Uint8Array>(
      {
        start(controller) {
          keepAlive = setInterval(() => controller.enqueue(encoder.encode(': keep-alive\n\n')), keepAliveMs)
          void pump(controller)
        },
        pull: () => wake?.(),
        async cancel() {
          open = false
          wake?.()
          clearInterval(keepAlive)
          await events.return?.()
        },
      },
      new CountQueuingStrategy({ highWaterMark: waitingEvents }),
    )
    async function pump(controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> {
      try {
        for (let next = await following(events); next && open; next = await following(events)) {
          controller.enqueue(encoder.encode(encodeEvent(check.event(next))))
          // A slow reader holds the handler back, and not all that it missed in memory.
          if ((controller.desiredSize ?? 0) <= 0) await new Promise<void>((resolve) => (wake = resolve))
        }
        if (!open) return
        check.end()
        controller.close()
      } catch (error) {
        await Promise.resolve(events.return?.()).catch(() => undefined)
        if (!open) return
        onBreak(error)
        controller.error(error)
      } finally {
        clearInterval(keepAlive)
      }
    }
    return new Response(body, {
      headers: {
        'content-type': eventStream,
        'cache-control': 'no-cache, no-transform',
        'x-accel-buffering': 'no',
      },
    })
  }
}

async function following(events: AsyncIterator<AnyEvent>): Promise<AnyEvent | undefined> {
  const next = await events.next()
  return next.done ? undefined : next.value
}

function eventChecker(operation: SseOperation, start: ReturnType<typeof parseOrder>['start']) {
  let state = start
  return {
    event(event: AnyEvent): AnyEvent {
      const schema = operation.spec.events[event.event]
      if (!schema) throw outside(event.event, `"${event.event}" is not declared`)
      const next = state.next(event.event)
      if (!next)
        throw outside(
          event.event,
          `"${event.event}" came where the order allows ${state.expected.join(', ') || 'nothing'}`,
        )
      const parsed = schema.safeParse(event.data)
      if (!parsed.success) throw outside(event.event, parsed.error.issues[0]?.message ?? 'its data is not valid')
      state = next
      return { ...event, data: parsed.data }
    },
    end(): void {
      if (!state.complete) throw outside('end', `the stream ended where the order wants ${state.expected.join(' or ')}`)
    },
  }
}

function outside(event: string, message: string): OutsideContract {
  return new OutsideContract('event-outside-contract', `$.events.${event}`, message)
}

function encodeEvent({ event, data, id }: AnyEvent): string {
  return `${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`
}
