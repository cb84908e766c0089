import type { Duplex, Readable } from 'node:stream'
import { pipeline } from 'node:stream'
import zlib from 'node:zlib'

/** A bound on what a recorded body may grow to, so that a small body which inflates endlessly does no harm. */
const MAX_DECODED_BYTES = 16 * 1024 * 1024

const { Z_SYNC_FLUSH, BROTLI_OPERATION_FLUSH, ZSTD_e_flush } = zlib.constants

/** Flushing instead of finishing at the end: a body that was cut short still yields what it holds. */
const LENIENT = { finishFlush: Z_SYNC_FLUSH }

type Coding = { whole: (body: Buffer) => Buffer; stream: () => Duplex }

const LIMIT = { maxOutputLength: MAX_DECODED_BYTES }
const GZIP: Coding = {
  whole: (body) => zlib.gunzipSync(body, { ...LENIENT, ...LIMIT }),
  stream: () => zlib.createGunzip(LENIENT),
}
const DEFLATE: Coding = {
  whole: (body) => (isZlib(body) ? zlib.inflateSync : zlib.inflateRawSync)(body, { ...LENIENT, ...LIMIT }),
  stream: () => zlib.createInflate(LENIENT),
}
const BROTLI: Coding = {
  whole: (body) => zlib.brotliDecompressSync(body, { finishFlush: BROTLI_OPERATION_FLUSH, ...LIMIT }),
  stream: () => zlib.createBrotliDecompress({ finishFlush: BROTLI_OPERATION_FLUSH }),
}
const ZSTD: Coding = {
  whole: (body) => zlib.zstdDecompressSync(body, { finishFlush: ZSTD_e_flush, ...LIMIT }),
  stream: () => zlib.createZstdDecompress({ finishFlush: ZSTD_e_flush }),
}

const CODINGS = new Map([
  ['gzip', GZIP],
  ['x-gzip', GZIP],
  ['deflate', DEFLATE],
  ['br', BROTLI],
  ['zstd', ZSTD],
])

/** The body without its content coding. An unknown coding, or a body that is not what its coding says, stays as it is. */
export function decodedBody(body: Buffer, encoding: string | undefined): Buffer {
  const coding = codingOf(encoding)
  if (coding === undefined || body.length === 0) return body
  try {
    return coding.whole(body)
  } catch {
    return body
  }
}

/** The stream without its content coding, chunk by chunk; it fails when the source does. */
export function decodedStream(source: Readable, encoding: string | undefined): Readable {
  const coding = codingOf(encoding)
  if (coding === undefined) return source
  // The reader of the result sees every failure; there is nobody else to tell.
  return pipeline(source, coding.stream(), () => {})
}

/** Whether a body with this Content-Encoding can be read: there is none, or one that the proxy can take off. */
export function canDecode(encoding: string | undefined): boolean {
  return encoding === undefined || encoding.toLowerCase() === 'identity' || codingOf(encoding) !== undefined
}

function codingOf(encoding: string | undefined): Coding | undefined {
  return encoding === undefined ? undefined : CODINGS.get(encoding.trim().toLowerCase())
}

/** Some servers send raw DEFLATE data under the name deflate, which means zlib (RFC 9110 §8.4.1.2). */
function isZlib(body: Buffer): boolean {
  return ((body[0] ?? 0) & 0x0f) === 8
}
