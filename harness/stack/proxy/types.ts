import type { LocalProvider } from './local-provider.ts'

/** Header names in lower case; an array where the header was sent more than once. */
export type HeaderRecord = Record<string, string | string[]>

/** A request as the client sent it. `path` includes the query; `body` is decoded (gzip, br, deflate, zstd). */
export type ProxiedRequest = { id: number; method: string; path: string; headers: HeaderRecord; body: Buffer }

/** A whole reply. `body` is decoded; the headers are those of the wire. */
export type ProxiedReply = { status: number; headers: HeaderRecord; body: Buffer }

/** Status and headers of a reply, without its body. */
export type ProxiedHead = { status: number; headers: HeaderRecord }

/** One server-sent event; `event` is `message` when the stream did not name it. */
export type ProxiedEvent = { id?: string; event: string; data: string }

/** One WebSocket message: a string for text, a Buffer for binary. */
export type ProxiedFrame = { direction: 'to-client' | 'to-server'; data: string | Buffer }

/** What takes the place of one event or message: none, one or several; `last`: these, then both connections end; `cut`: they end at once. */
export type Instead<T> = readonly T[] | { last: readonly T[] } | 'cut'

/** Never answer, keeping the connection open; or break the connection off (TCP reset). */
type NoAnswer = 'hang' | 'reset'

/**
 * What may be changed on the way. Every hook gets the request as the client sent it, before the `request` hook. Where
 * there is no `request` hook the body is streamed, and the other hooks see what has come in of it, cut at 64 KiB.
 * An exchange uses the hooks that were set when it began. A hook that throws breaks the exchange and fails `stop()`.
 * Delays, `hang` and an end that is kept open last no longer than the hooks are set and the client is there.
 */
export type Hooks = {
  /** A request, unless it is an upgrade: changes it, answers in the provider's place, never, or breaks the connection. */
  request?: (request: ProxiedRequest) => ProxiedRequest | { reply: ProxiedReply } | NoAnswer
  /** Changes a whole reply, that is one that is no event stream. A refused upgrade counts as one. */
  reply?: (reply: ProxiedReply, request: ProxiedRequest) => ProxiedReply | NoAnswer
  /** Changes the head of an event stream, before any event. */
  streamHead?: (head: ProxiedHead, request: ProxiedRequest) => ProxiedHead
  /** What is sent in place of one event of a stream. */
  event?: (event: ProxiedEvent, request: ProxiedRequest, index: number) => Instead<ProxiedEvent>
  /** At the provider's end of the stream: further events to send, and whether to keep the connection open for ever. */
  streamEnd?: (request: ProxiedRequest) => { events?: readonly ProxiedEvent[]; keepOpen?: boolean }
  /** Holds every event back until the provider ends the stream, then sends all at once. */
  holdEvents?: boolean
  /** A WebSocket upgrade: goes on, is refused with this reply, is never answered, or is broken off. */
  upgrade?: (request: ProxiedRequest) => ProxiedRequest | { reply: ProxiedReply } | NoAnswer
  /** What is sent in place of one message of a channel; `index` counts per direction. */
  frame?: (frame: ProxiedFrame, request: ProxiedRequest, index: number) => Instead<string | Buffer>
  /** Milliseconds that the answer is held back: a whole reply, the head of a stream or channel, a refusal, a break. */
  delay?: (request: ProxiedRequest) => number
  /** Milliseconds that have to lie between an event and the one before it (or the head of the stream). */
  eventDelay?: (event: ProxiedEvent, request: ProxiedRequest, index: number) => number
  /** Milliseconds that have to lie between a message and the one before it in its direction. */
  frameDelay?: (frame: ProxiedFrame, request: ProxiedRequest, index: number) => number
}

/**
 * How an exchange ended: a whole reply; a stream that the provider ended, or a channel closed with a Close frame;
 * broken by a hook; left by client or provider half-way; provider not reached (502, or a reset); never answered because of a hook.
 */
export type Outcome = 'answered' | 'streamed' | 'reset' | 'aborted' | 'unreachable' | 'hung'

/**
 * One exchange from the client's point of view: the request as it sent it, and what it was sent, after the hooks.
 * Bodies are decoded and cut at 64 KiB, events and messages at 1 MiB of wire bytes; `cut` says that this happened.
 */
export type Exchange = {
  id: number
  /** When the request's head had come in: milliseconds since 1970. */
  at: number
  request: ProxiedRequest
  reply?: ProxiedHead & { body?: Buffer }
  events?: ProxiedEvent[]
  frames?: ProxiedFrame[]
  /** Milliseconds from the request's head to the moment the outcome was known. */
  durationMs: number
  outcome: Outcome
  cut?: true
  /** Bytes of bodies, events and messages that are kept, where that is known without reading them. */
  held?: number
}

export type ProxyOptions = {
  /** Where the provider listens, such as `http://127.0.0.1:8080`; a function is asked anew for each request. */
  target: string | (() => string)
  /**
   * The provider where it is one of this process, asked anew for each request: while no hooks are set it answers on the
   * client's own connection, without one from the proxy to the target. It finds the Host header as the client sent it then.
   */
  local?: () => LocalProvider | undefined
  /** The port to listen on; a free one by default. */
  port?: number
  hooks?: Hooks
  /** `reply` (default): where there is no provider the client is told so, by a 502. `reset`: as where nobody listens. */
  unreachable?: 'reply' | 'reset'
  /** `target` (default): Host names the provider. `keep`: Host stays as the client sent it. */
  host?: 'target' | 'keep'
  /** Called with each exchange when it has ended. What it consists of is read when somebody looks at it. */
  onExchange?: (exchange: Exchange) => void
  /** How many exchanges are kept; 1000 by default, the oldest are dropped. */
  keep?: number
}

export type RunningProxy = AsyncDisposable & {
  url: string
  port: number
  /** The exchanges that have ended, in the order in which they began. */
  exchanges(): readonly Exchange[]
  clear(): void
  /** Swaps the hooks, for exchanges that begin from now on. Whoever is kept waiting by the old ones waits no longer. */
  hooks(next: Hooks): void
  /** Breaks all connections, those that wait for an answer too; new ones may be made. */
  breakConnections(): void
  /** Ends everything at once. Rejects, when all is closed, if a hook has thrown meanwhile. */
  stop(): Promise<void>
}
