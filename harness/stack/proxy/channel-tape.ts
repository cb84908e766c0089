import type { ProxiedFrame } from './types.ts'
import { OPCODE } from './websocket-frame.ts'
import { MessageReader } from './websocket-message.ts'

type Direction = ProxiedFrame['direction']

/** What was said on a WebSocket connection: its messages, and whether a Close frame ended it. */
export type ChannelRecord = { frames: ProxiedFrame[]; closed: boolean }

/** Keeps the bytes of both directions in the order in which they came, and reads the messages only when asked. */
export class ChannelTape {
  readonly #chunks: { direction: Direction; bytes: Buffer }[] = []
  readonly #limit: number
  #left: number
  #cut = false

  /** @param limit how many bytes are kept, of both directions together */
  constructor(limit: number) {
    this.#limit = limit
    this.#left = limit
  }

  /** Whether more was said than was kept. */
  get cut(): boolean {
    return this.#cut
  }

  /** How many bytes are kept. */
  get length(): number {
    return this.#limit - this.#left
  }

  add(direction: Direction, chunk: Buffer): void {
    if (this.#cut) return
    this.#cut = chunk.length > this.#left
    const bytes = chunk.subarray(0, this.#left)
    this.#chunks.push({ direction, bytes })
    this.#left -= bytes.length
  }

  read(): ChannelRecord {
    const readers = { 'to-client': new MessageReader(), 'to-server': new MessageReader() }
    const record: ChannelRecord = { frames: [], closed: false }
    for (const { direction, bytes } of this.#chunks) {
      for (const message of messagesOf(readers[direction], bytes)) {
        if (message.kind === 'message') record.frames.push({ direction, data: message.data })
        else if (message.frame.opcode === OPCODE.close) record.closed = true
      }
    }
    return record
  }
}

/** Bytes that break the format (a deliberate deviation, say) yield no messages: a record never fails. */
function messagesOf(reader: MessageReader, bytes: Buffer): ReturnType<MessageReader['push']> {
  try {
    return reader.push(bytes)
  } catch {
    return []
  }
}
