import type { OutgoingMessage } from 'node:http'
import type { Readable } from 'node:stream'

/** Reads a whole body. Rejects when it is cut short. */
export async function collect(body: Readable): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of body) chunks.push(chunk)
  return Buffer.concat(chunks)
}

/** Sends a head on its own unless the body's first chunk comes along with it: one write if possible, and no waiting. */
export function flushUnlessFollowed(message: OutgoingMessage, body: Readable): void {
  const flush = setImmediate(() => message.flushHeaders())
  const followed = () => clearImmediate(flush)
  body.once('data', followed)
  body.once('end', followed)
  message.once('close', followed)
}

/** Writes a chunk and waits until there is room for the next one, or nobody left to read it. */
export async function writeChunk(message: OutgoingMessage, chunk: Buffer): Promise<void> {
  if (chunk.length === 0 || message.destroyed || message.write(chunk)) return
  const { promise, resolve } = Promise.withResolvers<void>()
  message.once('drain', resolve).once('close', resolve)
  await promise
  message.off('drain', resolve).off('close', resolve)
}
