import type { Channel, Flow } from './channel.ts'
import { guarded } from './failure.ts'
import { callHook } from './hook-call.ts'
import type { Hooks } from './types.ts'
import { encodeFrame } from './websocket-frame.ts'
import type { WireMessage } from './websocket-message.ts'
import { MessageReader } from './websocket-message.ts'

type FrameHook = NonNullable<Hooks['frame']>

/** Passes one direction on message by message, through the `frame` hook; control frames go on as they are. */
export function relayFrames(channel: Channel, flow: Flow, hook: FrameHook): void {
  const relay = new FrameRelay(channel, flow, hook)
  const { from, to, early } = flow
  const read = (chunk: Buffer) => void guarded(channel.exchange, () => relay.push(chunk))
  if (early.length > 0) read(early)
  from.on('data', read)
  from.once('end', () => {
    relay.finish()
    to.end()
  })
  from.resume()
}

class FrameRelay {
  readonly #channel: Channel
  readonly #flow: Flow
  readonly #hook: FrameHook
  readonly #reader = new MessageReader()
  #index = 0

  constructor(channel: Channel, flow: Flow, hook: FrameHook) {
    this.#channel = channel
    this.#flow = flow
    this.#hook = hook
  }

  push(chunk: Buffer): void {
    const { direction } = this.#flow
    if (direction === 'to-server') this.#channel.tape.add(direction, chunk)
    for (const message of this.#reader.push(chunk)) {
      if (this.#cut) return
      if (message.kind === 'control') this.#write(message.frame.raw)
      else this.#replace(message)
    }
  }

  /** Passes on what has come in of a message that its sender did not complete. */
  finish(): void {
    this.#write(this.#reader.rest())
  }

  get #cut(): boolean {
    return this.#channel.provider.destroyed
  }

  #replace({ data, raw }: Extract<WireMessage, { kind: 'message' }>): void {
    const { direction } = this.#flow
    const { exchange } = this.#channel
    const messages = callHook('frame', () => this.#hook({ direction, data }, exchange.request, this.#index))
    this.#index += 1
    if (messages === 'cut') return this.#breakOff()
    for (const message of messages) {
      const same = typeof message === 'string' && message === data
      this.#write(same ? raw : encodeFrame(message, { masked: direction === 'to-server' }))
    }
  }

  #breakOff(): void {
    this.#channel.exchange.breakOff('reset')
    this.#channel.provider.destroy()
  }

  #write(bytes: Buffer): void {
    const { direction, from, to } = this.#flow
    if (bytes.length === 0 || !to.writable) return
    if (direction === 'to-client') this.#channel.tape.add(direction, bytes)
    if (to.write(bytes)) return
    from.pause()
    to.once('drain', () => from.resume())
  }
}
