import { EventSourceParserStream, type EventSourceMessage } from 'eventsource-parser/stream'

/** One event of a stream, its data read. */
export type ReadEvent = Readonly<{ event: string | undefined; data: unknown; id: string | undefined }>

/** Reads the events of a reply as they come; the reader gives up the reply when it stops early. */
export async function* readEvents(response: Response): AsyncGenerator<ReadEvent> {
  if (response.status !== 200 || !response.body) {
    throw new Error(`expected a stream, got ${response.status}: ${await response.text()}`)
  }
  const events = response.body.pipeThrough(new TextDecoderStream()).pipeThrough(new EventSourceParserStream())
  for await (const { event, data, id } of events as ReadableStream<EventSourceMessage>) {
    yield { event, data: JSON.parse(data) as unknown, id }
  }
}

/** The next so many events. */
export async function take(events: AsyncGenerator<ReadEvent>, count: number): Promise<readonly ReadEvent[]> {
  const taken: ReadEvent[] = []
  while (taken.length < count) {
    const next = await events.next()
    if (next.done) throw new Error(`the stream ended after ${taken.length} of ${count} events`)
    taken.push(next.value)
  }
  return taken
}

/** All events up to the end of the stream. */
export async function all(events: AsyncGenerator<ReadEvent>): Promise<readonly ReadEvent[]> {
  return Array.fromAsync(events)
}
