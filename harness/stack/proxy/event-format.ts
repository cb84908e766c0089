import { createParser } from 'eventsource-parser'

import type { ProxiedEvent } from './types.ts'

/** Two line ends in a row, each LF, CR LF or CR (WHATWG HTML §9.2.5); a CR LF pair is never taken for two. */
const BLOCK_END = /(?:\r\n|\n|\r(?!\n))(?:\r\n|\n|\r)/g

/**
 * Cuts an event stream into blocks, each up to and including its blank line, without changing a byte. Works on Latin-1
 * text, where each byte is one character, so that characters split over two chunks stay whole.
 */
export class BlockSplitter {
  #pending = ''

  push(chunk: Buffer): Buffer[] {
    const searched = Math.max(0, this.#pending.length - 3)
    this.#pending += chunk.toString('latin1')
    const blocks: Buffer[] = []
    let start = 0
    BLOCK_END.lastIndex = searched
    while (BLOCK_END.test(this.#pending)) {
      blocks.push(Buffer.from(this.#pending.slice(start, BLOCK_END.lastIndex), 'latin1'))
      start = BLOCK_END.lastIndex
    }
    this.#pending = this.#pending.slice(start)
    return blocks
  }

  /** What came after the last blank line: no event by the standard, but lenient clients read it. */
  rest(): Buffer {
    return Buffer.from(this.#pending, 'latin1')
  }
}

/** The events of a stream's text, as the standard reads them. */
export function readEvents(bytes: Buffer): ProxiedEvent[] {
  const events: ProxiedEvent[] = []
  const parser = createParser({
    onEvent: ({ id, event, data }) => {
      events.push({ ...(id === undefined ? {} : { id }), event: event ?? 'message', data })
    },
  })
  parser.feed(bytes.toString('utf8'))
  return events
}

/** An event as bytes. Throws when its id or name contains a line end, for which the format has no room. */
export function writeEvent({ id, event, data }: ProxiedEvent): Buffer {
  for (const field of [id ?? '', event]) {
    if (/[\r\n]/.test(field)) throw new Error(`the event field ${JSON.stringify(field)} contains a line end`)
  }
  const lines = data.split(/\r\n|\r|\n/).map((line) => `data: ${line}\n`)
  const head = (id === undefined ? '' : `id: ${id}\n`) + (event === 'message' ? '' : `event: ${event}\n`)
  return Buffer.from(`${head}${lines.join('')}\n`)
}

/** Whether two events are the same in every field. */
export function sameEvent(one: ProxiedEvent, other: ProxiedEvent): boolean {
  return one.id === other.id && one.event === other.event && one.data === other.data
}
