import type { ServerResponse } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'

export type ScriptedEvent = Readonly<{ event: string; data: unknown; id?: unknown }>

/** Milliseconds between frames, and between the two halves of a frame: real delays, so that a consumer cannot count on one read. */
export const frameDelayMs = 2

/** Answers with an event stream and sends these events, each cut in the middle. Leaves the stream open. */
export async function playEvents(response: ServerResponse, events: readonly ScriptedEvent[]): Promise<void> {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' })
  response.flushHeaders()
  for (const { event, data, id } of events) {
    const frame = `${id === undefined ? '' : `id: ${String(id as string)}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`
    const half = Math.floor(frame.length / 2)
    for (const part of [frame.slice(0, half), frame.slice(half)]) {
      await delay(frameDelayMs)
      response.write(part)
    }
  }
}
