/** One frame as it came (RFC 6455 §5.2). `raw` is the whole frame, `payload` unmasked but, if compressed, not inflated. */
export type WireFrame = { fin: boolean; compressed: boolean; opcode: number; payload: Buffer; raw: Buffer }

export const OPCODE = { continuation: 0, text: 1, binary: 2, close: 8 } as const

/** Cuts the bytes of one direction of a WebSocket connection into frames, wherever the chunks end. */
export class FrameDecoder {
  #chunks: Buffer[] = []
  #length = 0
  /** Bytes without which the next frame cannot be told; saves joining the chunks of a long frame again and again. */
  #needed = 2

  push(chunk: Buffer): WireFrame[] {
    this.#chunks.push(chunk)
    this.#length += chunk.length
    if (this.#length < this.#needed) return []
    let bytes = this.rest()
    const frames: WireFrame[] = []
    for (;;) {
      const frame = readFrame(bytes)
      if (typeof frame === 'number') {
        this.#keep(bytes, frame)
        return frames
      }
      frames.push(frame)
      bytes = bytes.subarray(frame.raw.length)
    }
  }

  /** The bytes after the last whole frame. */
  rest(): Buffer {
    return Buffer.concat(this.#chunks)
  }

  #keep(bytes: Buffer, needed: number): void {
    this.#chunks = bytes.length === 0 ? [] : [bytes]
    this.#length = bytes.length
    this.#needed = needed
  }
}

/** A text (string) or binary (Buffer) message as one frame; `masked` is required of clients and forbidden to servers. */
export function encodeFrame(data: string | Buffer, { masked }: { masked: boolean }): Buffer {
  const payload = typeof data === 'string' ? Buffer.from(data) : data
  const opcode = typeof data === 'string' ? OPCODE.text : OPCODE.binary
  const length = lengthBytes(payload.length, masked ? 0x80 : 0)
  const head = Buffer.concat([Buffer.from([0x80 | opcode]), length])
  if (!masked) return Buffer.concat([head, payload])
  const key = Buffer.from(crypto.getRandomValues(new Uint8Array(4)))
  return Buffer.concat([head, key, masking(payload, key)])
}

/** The first frame of the bytes, or how many bytes are needed to tell more. */
function readFrame(bytes: Buffer): WireFrame | number {
  if (bytes.length < 2) return 2
  const [first, second] = [bytes.readUInt8(0), bytes.readUInt8(1)]
  const short = second & 0x7f
  const lengthEnd = short === 126 ? 4 : short === 127 ? 10 : 2
  if (bytes.length < lengthEnd) return lengthEnd
  const length = short === 126 ? bytes.readUInt16BE(2) : short === 127 ? Number(bytes.readBigUInt64BE(2)) : short
  const start = (second & 0x80) === 0 ? lengthEnd : lengthEnd + 4
  const end = start + length
  if (bytes.length < end) return end
  const body = bytes.subarray(start, end)
  return {
    fin: (first & 0x80) !== 0,
    compressed: (first & 0x40) !== 0,
    opcode: first & 0x0f,
    payload: start === lengthEnd ? body : masking(body, bytes.subarray(lengthEnd, start)),
    raw: bytes.subarray(0, end),
  }
}

function lengthBytes(length: number, maskBit: number): Buffer {
  if (length < 126) return Buffer.from([maskBit | length])
  const bytes = Buffer.alloc(length < 65_536 ? 3 : 9)
  bytes.writeUInt8(maskBit | (length < 65_536 ? 126 : 127))
  if (length < 65_536) bytes.writeUInt16BE(length, 1)
  else bytes.writeBigUInt64BE(BigInt(length), 1)
  return bytes
}

/** Masking and unmasking are the same (RFC 6455 §5.3). */
function masking(payload: Buffer, key: Buffer): Buffer {
  const result = Buffer.allocUnsafe(payload.length)
  for (let at = 0; at < payload.length; at += 1) result[at] = (payload[at] ?? 0) ^ (key[at & 3] ?? 0)
  return result
}
