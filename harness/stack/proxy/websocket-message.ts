import zlib from 'node:zlib'

import type { WireFrame } from './websocket-frame.ts'
import { FrameDecoder, OPCODE } from './websocket-frame.ts'

/** A whole text or binary message with the frames it came in, or a control frame that goes on as it is. */
export type WireMessage =
  | { kind: 'message'; data: string | Buffer; raw: Buffer }
  | { kind: 'control'; frame: WireFrame }

/** The tail that a sender of compressed messages leaves out (RFC 7692 §7.2.2). */
const DEFLATE_TAIL = Buffer.from([0x00, 0x00, 0xff, 0xff])
const DEFLATE_WINDOW = 32 * 1024

/** Reads one direction of a WebSocket connection: joins fragments and inflates messages (permessage-deflate). */
export class MessageReader {
  readonly #frames = new FrameDecoder()
  #parts: WireFrame[] = []
  /** The end of what was inflated so far: later messages may refer back to it (RFC 7692 §7.2.3.2). */
  #window: Buffer = Buffer.alloc(0)

  push(chunk: Buffer): WireMessage[] {
    return this.#frames.push(chunk).flatMap((frame) => this.#read(frame))
  }

  /** The bytes that belong to no whole message yet. */
  rest(): Buffer {
    return Buffer.concat([...this.#parts.map((part) => part.raw), this.#frames.rest()])
  }

  #read(frame: WireFrame): WireMessage[] {
    if (frame.opcode >= OPCODE.close) return [{ kind: 'control', frame }]
    this.#parts.push(frame)
    if (!frame.fin) return []
    const parts = this.#parts
    this.#parts = []
    return [{ kind: 'message', data: this.#data(parts), raw: Buffer.concat(parts.map((part) => part.raw)) }]
  }

  #data(parts: readonly WireFrame[]): string | Buffer {
    const payload = Buffer.concat(parts.map((part) => part.payload))
    const bytes = parts[0]?.compressed === true ? this.#inflate(payload) : payload
    return parts[0]?.opcode === OPCODE.text ? bytes.toString('utf8') : bytes
  }

  #inflate(payload: Buffer): Buffer {
    const dictionary = this.#window.length === 0 ? {} : { dictionary: this.#window }
    const options = { ...dictionary, finishFlush: zlib.constants.Z_SYNC_FLUSH }
    const bytes = zlib.inflateRawSync(Buffer.concat([payload, DEFLATE_TAIL]), options)
    this.#window = Buffer.concat([this.#window, bytes]).subarray(-DEFLATE_WINDOW)
    return bytes
  }
}
