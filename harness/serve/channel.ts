import type { WsOperation } from '#harness/contract/operation.ts'
import { OutsideContract } from './write-reply.ts'

/** The least that a host has to give for a channel: one open WebSocket connection. */
export type Socket = Readonly<{
  send(text: string): void
  close(code: number, reason: string): void
  /** Breaks the connection off without a word, where the host can. */
  terminate?(): void
  onMessage(listener: (text: string) => void): void
  onClose(listener: () => void): void
}>

type Message = Readonly<{ type: string; data: unknown }>

/** RFC 6455 §7.4.1: a message that the contract does not have. */
const unacceptable = 1007
/** RFC 6455 §7.4.1: the provider met a condition that it cannot go on with. */
const internalError = 1011

/** Messages in the order of their coming, taken by one reader. */
class MessageQueue implements AsyncIterableIterator<Message> {
  readonly #waiting: Message[] = []
  #wake: (() => void) | undefined
  #ended = false

  push(message: Message): void {
    this.#waiting.push(message)
    this.#wake?.()
  }

  end(): void {
    this.#ended = true
    this.#wake?.()
  }

  async next(): Promise<IteratorResult<Message, undefined>> {
    while (this.#waiting.length === 0) {
      if (this.#ended) return { done: true, value: undefined }
      await new Promise<void>((resolve) => (this.#wake = resolve))
    }
    return { done: false, value: this.#waiting.shift() as Message }
  }

  [Symbol.asyncIterator](): this {
    return this
  }
}

/** The untyped form of a channel at the provider's end. */
export type AnyServerChannel = AsyncIterable<Message> &
  Readonly<{ send(message: Message): void; close(code?: number, reason?: string): void; closed: AbortSignal }>

/**
 * Puts a contract's channel on an open connection. A message from the client that the contract does not have closes the
 * connection with 1007; one to the client that it does not have closes with 1011 and is told to `onBreak`.
 */
export function openChannel(
  operation: WsOperation,
  socket: Socket,
  onBreak: (error: unknown) => void,
): AnyServerChannel {
  const incoming = new MessageQueue()
  const closed = new AbortController()
  function close(code = 1000, reason = ''): void {
    if (closed.signal.aborted) return
    closed.abort()
    incoming.end()
    socket.close(code, reason.slice(0, 120))
  }
  socket.onClose(() => {
    closed.abort()
    incoming.end()
  })
  socket.onMessage((text) => {
    const message = readMessage(operation, text)
    if (typeof message === 'string') close(unacceptable, message)
    else incoming.push(message)
  })
  function send(message: Message): void {
    if (closed.signal.aborted) return
    try {
      socket.send(writeMessage(operation, message))
    } catch (error) {
      onBreak(error)
      close(internalError, 'message outside the contract')
    }
  }
  return { send, close, closed: closed.signal, [Symbol.asyncIterator]: () => incoming }
}

function readMessage(operation: WsOperation, text: string): Message | string {
  let frame: unknown
  try {
    frame = JSON.parse(text)
  } catch {
    return 'a message has to be JSON'
  }
  const { type, data } = (typeof frame === 'object' && frame !== null ? frame : {}) as Partial<Message>
  const schema = typeof type === 'string' ? operation.spec.send[type] : undefined
  if (!schema || type === undefined) return `no such message: ${String(type).slice(0, 40)}`
  const parsed = schema.safeParse(data)
  return parsed.success ? { type, data: parsed.data } : `${type} is not valid`
}

function writeMessage(operation: WsOperation, message: Message): string {
  const schema = operation.spec.receive[message.type]
  const parsed = schema?.safeParse(message.data)
  if (!parsed) throw outside(message.type, `"${message.type}" is not declared`)
  if (!parsed.success) throw outside(message.type, parsed.error.issues[0]?.message ?? 'its data is not valid')
  return JSON.stringify({ type: message.type, data: parsed.data })
}

function outside(type: string, message: string): OutsideContract {
  return new OutsideContract('message-outside-contract', `$.messages.${type}`, message)
}
