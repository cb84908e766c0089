import { halfText } from '#harness/fault/break-off.ts'
import type { Fault } from '#harness/fault/fault.ts'
import { itemFaults } from './item-faults.ts'
import { pacer } from './pace.ts'
import { wait } from './wait.ts'

/** Why a reply breaks off in the middle: its caller asked for that. */
export class BrokenOff extends Error {
  override readonly name = 'BrokenOff'
}

/** Milliseconds in which what was sent before has gone out: hosts look at the first chunks before they send a head. */
const farewellMs = 20

/** A stream of events with faults on it. Comments, which keep it open, pass. */
export function faultyStream(
  body: ReadableStream<Uint8Array>,
  faults: readonly Fault[],
  signals: readonly AbortSignal[],
): ReadableStream<Uint8Array> {
  const { fateOf, gap, breaksAtOnce } = itemFaults(faults, halfEvent)
  const reader = body.getReader()
  const encoder = new TextEncoder()
  const pace = pacer(gap, signals)
  async function breakOff(): Promise<never> {
    await wait(farewellMs, signals)
    throw new BrokenOff('the connection breaks here, as its caller asked')
  }
  async function* events(): AsyncGenerator<Uint8Array> {
    for await (const block of blocksOf(reader)) {
      if (block.startsWith(':')) {
        yield encoder.encode(block)
        continue
      }
      if (breaksAtOnce) return await breakOff()
      const { texts, breaks } = fateOf(block)
      for (const text of texts) {
        await pace()
        yield encoder.encode(text)
      }
      if (breaks) return await breakOff()
    }
  }
  const iterator = events()
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const next = await iterator.next()
          if (next.done) controller.close()
          else controller.enqueue(next.value)
        } catch (error) {
          reader.cancel(error).catch(() => undefined)
          controller.error(error)
        }
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  )
}

/** The parts of an event stream, each with the empty line that ends it (WHATWG HTML §9.2.5). */
async function* blocksOf(reader: ReadableStreamDefaultReader<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  let rest = ''
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    rest += decoder.decode(part.value, { stream: true })
    const blocks = rest.split('\n\n')
    rest = blocks.pop() ?? ''
    for (const block of blocks) yield `${block}\n\n`
  }
  if (rest !== '') yield rest
}

function halfEvent(block: string): string {
  return block.replaceAll(/^data: ?(.*)$/gm, (_line, data: string) => `data: ${halfText(data)}`)
}
