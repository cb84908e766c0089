import type { StartedMock } from '#harness/mock/mock.ts'
import { pairsOf } from '#harness/serve/raw-headers.ts'
import { noteDraws, type Drawing } from './chance.ts'
import { likenessOf, type Deed, type History, type Reading } from './history.ts'
import { isStream, type Life } from './life.ts'

/** Does what may change the memory of a mock, and takes it down where it went well. */
export type Remembering = Readonly<{
  fetch: (life: Life, request: Request) => Promise<Response>
  setUp: (life: Life, ...given: Parameters<StartedMock['setUp']>) => ReturnType<StartedMock['setUp']>
}>

/** @param add takes a deed down; `life` is the one that did it, and another one may have taken over since */
export function remembering(history: History, add: (deed: Deed, life: Life) => void): Remembering {
  return {
    async fetch(life, request) {
      const draws = noteDraws()
      const began = history.tick()
      const copy = request.clone()
      const reply = await draws.run(() => life.mock.service.fetch(request))
      if (!wentWell(reply)) {
        copy.body?.cancel().catch(() => undefined)
        draws.end()
        return reply
      }
      const { method, url, headers } = request
      const body = new Uint8Array(await copy.arrayBuffer())
      const deed = { kind: 'request', began, drawn: draws.drawn, method, url, headers: pairsOf(headers), body } as const
      if (isStream(reply)) {
        const reading: Reading = { chunks: 0, ended: undefined }
        add({ ...deed, reading, likeness: undefined }, life)
        return life.connections.stream(reply, readingListener(reading, draws, history))
      }
      draws.end()
      const answer = new Uint8Array(await reply.clone().arrayBuffer())
      add(
        { ...deed, reading: undefined, likeness: likenessOf([method, url, body, String(reply.status), answer]) },
        life,
      )
      return reply
    },
    async setUp(life, ...given) {
      const [state, params, options] = given
      const draws = noteDraws()
      const began = history.tick()
      try {
        const provided = await draws.run(() => life.mock.setUp(...given))
        add({ kind: 'state', began, drawn: draws.drawn, state, params, options }, life)
        return provided
      } finally {
        draws.end()
      }
    },
  }
}

/** A reply with status 0 stands for a connection that breaks (Fetch §2.2.6). */
export function wentWell({ status }: Response): boolean {
  return status >= 100 && status < 400
}

function readingListener(reading: Reading, draws: Drawing, history: History) {
  return {
    chunk: () => void reading.chunks++,
    stop: draws.end,
    end() {
      reading.ended = history.tick()
      draws.end()
    },
  }
}
