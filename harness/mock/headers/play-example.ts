import type { Schema } from '#harness/contract/schema.ts'
import type { AnyServerChannel } from '#harness/serve/channel.ts'
import { overlay } from '../example-reply.ts'
import { madeUp } from '../made-up.ts'
import type { Example } from './examples.ts'
import { waitForEnd } from './wait.ts'

export type ExampleEvent = Readonly<{ event: string; data: unknown; id?: string }>

/** What fills up examples, which hold only what their consumer reads. */
export type Filling = Readonly<{ schemas: Readonly<Record<string, Schema>>; seed: number }>

/** The events of a recorded stream. One that was recorded without its end stays open, as long as its caller is there. */
export function exampleEvents(
  example: Extract<Example, { kind: 'events' }>,
  filling: Filling,
  signals: readonly AbortSignal[],
): AsyncIterable<ExampleEvent> {
  const left = new AbortController()
  const events = generate(example, filling, [...signals, left.signal])
  function leave(): Promise<IteratorResult<ExampleEvent>> {
    // A generator that waits does not hear that nobody reads on.
    left.abort()
    return events.return(undefined)
  }
  return { [Symbol.asyncIterator]: () => ({ next: () => events.next(), return: leave }) }
}

async function* generate(
  { runs, envelope }: Extract<Example, { kind: 'events' }>,
  filling: Filling,
  signals: readonly AbortSignal[],
): AsyncGenerator<ExampleEvent, undefined> {
  for (const { name, items } of runs) {
    for (const { id, data } of items) {
      const whole = await filled(name, data, filling)
      yield { event: name, data: whole, ...(id !== undefined && { id: String(id as string | number) }) }
    }
  }
  if (!envelope.ends) await waitForEnd(signals)
  return undefined
}

/**
 * Speaks the provider's part of a recorded conversation: where the consumer is to send something, it waits for a message,
 * whatever that says. The channel then stays open as long as the consumer wants.
 */
export async function playConversation(
  { runs, envelope }: Extract<Example, { kind: 'conversation' }>,
  filling: Filling,
  channel: AnyServerChannel,
): Promise<void> {
  const said = runs.flatMap(({ name, items }) => items.map(({ data }) => ({ type: name, data })))
  const incoming = channel[Symbol.asyncIterator]()
  for (const step of envelope.steps) {
    if ('send' in step) {
      if ((await incoming.next()).done) return
      continue
    }
    const message = said.shift()
    if (message) channel.send({ type: message.type, data: await filled(message.type, message.data, filling) })
  }
  while (!(await incoming.next()).done) continue
}

async function filled(name: string, data: unknown, { schemas, seed }: Filling): Promise<unknown> {
  const schema = schemas[name]
  return schema ? overlay(await madeUp(schema, seed), data) : data
}
