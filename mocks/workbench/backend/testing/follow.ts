import { createParser } from 'eventsource-parser'
import type { Host } from './hosts.ts'

export type ReadEvent = Readonly<{ event: string | undefined; data: unknown; id: string | undefined }>

type Followed = Readonly<{ conversation: string; after?: string }>

/**
 * Follows a conversation as an EventSource that comes back does: from an event on. The stand-in answers with events, and
 * the follower counts, from the moment that this resolves.
 */
export async function follow(
  host: Host,
  token: string,
  { conversation, after }: Followed,
): Promise<AsyncGenerator<ReadEvent>> {
  const response = await host.request(`/api/chat/stream?conversation=${conversation}`, {
    headers: { authorization: `Bearer ${token}`, ...(after !== undefined && { 'last-event-id': after }) },
  })
  expect(response.headers.get('content-type')).toBe('text/event-stream')
  return events(response)
}

async function* events(response: Response): AsyncGenerator<ReadEvent> {
  const read: ReadEvent[] = []
  const parser = createParser({ onEvent: ({ event, data, id }) => read.push({ event, data: JSON.parse(data), id }) })
  const decoder = new TextDecoder()
  for await (const chunk of response.body ?? []) {
    parser.feed(decoder.decode(chunk, { stream: true }))
    yield* read.splice(0)
  }
}
