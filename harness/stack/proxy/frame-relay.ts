import type { Channel, Flow } from './channel.ts'
import { delayOf, Pace } from './delay.ts'
import { guarded } from './failure.ts'
import { callHook } from './hook-call.ts'
import type { Hooks, Instead } from './types.ts'
import { encodeFrame } from './websocket-frame.ts'
import type { WireMessage } from './websocket-message.ts'
import { MessageReader } from './websocket-message.ts'

/** Whether hooks act on the messages of a channel. */
export function changesFrames({ frame, frameDelay }: Hooks): boolean {
  return frame !== undefined || frameDelay !== undefined
}

/** Passes one direction on message by message, through the hooks for messages; control frames go on as they are. */
export function relayFrames(channel: Channel, flow: Flow): void {
  const relay = new FrameRelay(channel, flow)
  const { from, to, early } = flow
  const read = (chunk: Buffer) => void guarded(channel.exchange, () => relay.push(chunk))
  if (early.length > 0) read(early)
  from.on('data', read)
  from.once('end', () => {
    relay.finish()
    to.end()
  })
  // What came early may be under way still: then reading goes on after it.
  if (early.length === 0 || !relay.paced) from.resume()
}

class FrameRelay {
  readonly #channel: Channel
  readonly #flow: Flow
  readonly #reader = new MessageReader()
  readonly #pace: Pace
  #index = 0
  #over = false

  constructor(channel: Channel, flow: Flow) {
    this.#channel = channel
    this.#flow = flow
    this.#pace = new Pace(channel.exchange)
  }

  /** Whether messages are kept apart. Then nothing is read while one waits, so that the sender's end comes after all of them. */
  get paced(): boolean {
    return this.#channel.exchange.hooks.frameDelay !== undefined
  }

  push(chunk: Buffer): void | Promise<void> {
    const { direction } = this.#flow
    if (direction === 'to-server') this.#channel.tape.add(direction, chunk)
    const messages = this.#reader.push(chunk)
    if (this.paced) return this.#passSlowly(messages)
    for (const message of messages) this.#pass(message)
  }

  /** Passes on what has come in of a message that its sender did not complete. */
  finish(): void {
    this.#write(this.#reader.rest())
  }

  async #passSlowly(messages: readonly WireMessage[]): Promise<void> {
    const { from } = this.#flow
    from.pause()
    for (const message of messages) {
      await this.#pace.next(this.#gapBefore(message))
      this.#pass(message)
    }
    from.resume()
  }

  #gapBefore(message: WireMessage): number {
    const { exchange } = this.#channel
    const { direction } = this.#flow
    const { frameDelay } = exchange.hooks
    if (message.kind === 'control' || frameDelay === undefined) return 0
    const { data } = message
    return delayOf('frameDelay', () => frameDelay({ direction, data }, exchange.request, this.#index))
  }

  #pass(message: WireMessage): void {
    if (this.#over || this.#channel.provider.destroyed) return
    if (message.kind === 'control') this.#write(message.frame.raw)
    else this.#replace(message)
  }

  #replace({ data, raw }: Extract<WireMessage, { kind: 'message' }>): void {
    const { direction } = this.#flow
    const { exchange } = this.#channel
    const { frame } = exchange.hooks
    const at = this.#index++
    const instead: Instead<string | Buffer> = frame
      ? callHook('frame', () => frame({ direction, data }, exchange.request, at))
      : [data]
    const messages = instead === 'cut' ? [] : 'last' in instead ? instead.last : instead
    for (const message of messages) {
      const same = typeof message === 'string' && message === data
      this.#write(same ? raw : encodeFrame(message, { masked: direction === 'to-server' }))
    }
    if (!Array.isArray(instead)) this.#breakOff()
  }

  #breakOff(): void {
    this.#over = true
    this.#channel.exchange.breakOff('reset')
    this.#channel.provider.destroySoon()
  }

  #write(bytes: Buffer): void {
    const { direction, from, to } = this.#flow
    if (bytes.length === 0 || !to.writable) return
    if (direction === 'to-client') this.#channel.tape.add(direction, bytes)
    if (to.write(bytes) || this.paced) return
    from.pause()
    to.once('drain', () => from.resume())
  }
}
