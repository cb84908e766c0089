import type { AnyCallInput } from '#harness/contract/call.ts'
import type { WsOperation } from '#harness/contract/operation.ts'
import { bearerSubprotocol } from '#harness/contract/security.ts'
import { ConnectionError, ContractViolation, StreamBroken, TimeoutError, type CallContext } from './errors.ts'
import type { CallOptions, Settings } from './options.ts'
import { contextOf, type Callable } from './request.ts'
import { readTolerantly } from './tolerant.ts'

type Message = Readonly<{ type: string; data: unknown }>

/**
 * Offered beside a credential: a provider must not answer with the credential, and a client that offered something and
 * gets nothing back closes the connection (WHATWG WebSockets, "establish a WebSocket connection").
 */
const plainSubprotocol = 'messages'

/** The untyped form of a channel at the consumer's end. */
export type AnyClientChannel = AsyncIterable<Message> &
  AsyncDisposable &
  Readonly<{ send: (message: Message) => void; close: () => Promise<void>; requestId: string }>

/**
 * Makes the method that opens a channel. Iterating it gives what the provider sends, and throws ContractViolation for a
 * message that the contract does not have, StreamBroken where the provider closes with an error or goes away.
 * Opening throws ConnectionError where the upgrade is refused or nobody listens, TimeoutError where nobody answers.
 */
export function channelCaller(
  callable: Callable<WsOperation>,
): (input?: AnyCallInput, options?: CallOptions) => Promise<AnyClientChannel> {
  return async (input = {}, options = {}) => {
    options.signal?.throwIfAborted()
    const context = contextOf(callable, input)
    const socket = await connect(context, callable)
    const incoming = inbox(callable, socket, context)
    await opened(socket, { context, settings: callable.settings, options })
    const closed = new Promise<void>((resolve) => socket.addEventListener('close', () => resolve(), { once: true }))
    async function close(): Promise<void> {
      if (socket.readyState === WebSocket.CLOSED) return
      socket.close(1000)
      await closed
    }
    const abort = (): void => void close()
    options.signal?.addEventListener('abort', abort, { once: true })
    if (options.signal?.aborted) abort()
    void closed.then(() => options.signal?.removeEventListener('abort', abort))
    function send(message: Message): void {
      // A closed socket drops what it is given without a word.
      if (socket.readyState !== WebSocket.OPEN)
        throw new StreamBroken(context, `the channel is closed, so "${message.type}" was not sent`)
      socket.send(JSON.stringify(message))
    }
    return {
      requestId: context.requestId,
      send,
      close,
      [Symbol.asyncDispose]: close,
      [Symbol.asyncIterator]: () => incoming,
    }
  }
}

/** Browsers take subprotocols only. Node's WebSocket takes headers too, which carry cookies and the request id. */
type NodeWebSocket = new (url: string, options: { protocols: string[]; headers: Record<string, string> }) => WebSocket

async function connect(context: CallContext, { contract, settings }: Callable<WsOperation>): Promise<WebSocket> {
  const { credentials } = settings
  const url = context.url.replace(/^http/, 'ws')
  const token = credentials.kind === 'bearer' ? await credentials.token() : undefined
  const protocols = token === undefined ? [] : [plainSubprotocol, `${bearerSubprotocol}${token}`]
  if (typeof window !== 'undefined') return new WebSocket(url, protocols)
  const cookie = credentials.kind === 'cookies' ? credentials.jar.header() : undefined
  const headers = { [contract.requestIdHeader]: context.requestId, ...(cookie !== undefined && { cookie }) }
  return new (WebSocket as unknown as NodeWebSocket)(url, { protocols, headers })
}

type Opening = Readonly<{ context: CallContext; settings: Settings; options: CallOptions }>

async function opened(socket: WebSocket, { context, settings, options }: Opening): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(
      () => fail(new TimeoutError(context, `no channel within ${settings.timeoutMs} ms.`)),
      settings.timeoutMs,
    )
    const abort = (): void => fail(options.signal?.reason as Error)
    function settle(): void {
      clearTimeout(timer)
      options.signal?.removeEventListener('abort', abort)
    }
    function fail(error: Error): void {
      settle()
      reject(error)
      socket.close()
    }
    socket.addEventListener('open', () => {
      settle()
      resolve()
    })
    socket.addEventListener('error', () =>
      fail(new ConnectionError(context, 'the channel was refused, or nobody listens.')),
    )
    socket.addEventListener('close', () =>
      fail(new ConnectionError(context, 'the channel was closed before it was open.')),
    )
    options.signal?.addEventListener('abort', abort)
    // It may have been aborted while the credentials were looked up.
    if (options.signal?.aborted) abort()
  })
}

function inbox(callable: Callable<WsOperation>, socket: WebSocket, context: CallContext): AsyncIterator<Message> {
  const waiting: (Message | Error)[] = []
  let wake: (() => void) | undefined
  let ended = false
  socket.addEventListener('message', (frame: MessageEvent<unknown>) => {
    waiting.push(readMessage(callable, String(frame.data), context))
    wake?.()
  })
  socket.addEventListener('close', ({ code, reason }) => {
    if (code !== 1000 && code !== 1005)
      waiting.push(new StreamBroken(context, `the channel was closed with ${code} ${reason}`.trim()))
    ended = true
    wake?.()
  })
  return {
    async next() {
      while (waiting.length === 0) {
        if (ended) return { done: true, value: undefined }
        await new Promise<void>((resolve) => (wake = resolve))
      }
      const message = waiting.shift()
      if (message instanceof Error) throw message
      return { done: false, value: message as Message }
    },
  }
}

function readMessage(callable: Callable<WsOperation>, text: string, context: CallContext): Message | Error {
  try {
    const { type, data } = JSON.parse(text) as Partial<Message>
    const schema = typeof type === 'string' ? callable.operation.spec.receive[type] : undefined
    if (!schema || type === undefined)
      return new ContractViolation(
        context,
        `the channel carried a message "${String(type)}", which the contract does not have.`,
      )
    return { type, data: readTolerantly(schema, data, context) }
  } catch (error) {
    return error instanceof ContractViolation
      ? error
      : new ContractViolation(context, `the channel carried what is no JSON message: ${text.slice(0, 60)}`)
  }
}
