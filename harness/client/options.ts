import type { CookieJar } from './cookie-jar.ts'

/** How a client proves who calls. In a browser, cookies travel by themselves. */
export type ClientCredentials =
  | Readonly<{ kind: 'none' }>
  | Readonly<{ kind: 'browser' }>
  | Readonly<{ kind: 'bearer'; token: () => string | undefined | Promise<string | undefined> }>
  | Readonly<{ kind: 'cookies'; jar: CookieJar }>
  /** Signs each request, as the operation's signature carrier says. */
  | Readonly<{ kind: 'signed'; secret: string }>

export type ClientOptions = Readonly<{
  baseUrl: string
  credentials?: ClientCredentials
  fetch?: typeof fetch
  /** Milliseconds that one attempt may take, from sending to the whole reply. Default 10,000. */
  timeoutMs?: number
  /** Milliseconds that a stream may be silent, keep-alives counted as sound. Default 45,000. */
  silenceMs?: number
  /** How often an idempotent call is tried again, and a resuming stream reconnects without progress. Default 3. */
  retries?: number
  /** Milliseconds before the first retry; each further one waits twice as long, with jitter. Default 200. */
  retryDelayMs?: number
  newRequestId?: () => string
}>

export type CallOptions = Readonly<{ signal?: AbortSignal }>

/** Options with their defaults. */
export type Settings = Required<Omit<ClientOptions, 'baseUrl'>> & Readonly<{ baseUrl: string }>

export function settingsOf(options: ClientOptions): Settings {
  return {
    credentials: { kind: 'none' },
    fetch: (input, init) => globalThis.fetch(input, init),
    timeoutMs: 10_000,
    silenceMs: 45_000,
    retries: 3,
    retryDelayMs: 200,
    newRequestId: () => crypto.randomUUID(),
    ...options,
    baseUrl: options.baseUrl.replace(/\/+$/, ''),
  }
}
