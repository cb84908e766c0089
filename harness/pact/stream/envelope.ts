/**
 * How streams, channels and preflights stand in a pact: as V4 synchronous messages. The request's contents say what to
 * do (the envelope), the response's contents are one JSON list of what came. Described in docs/stream-envelope.md.
 */
export type Envelope = SseEnvelope | WsEnvelope | PreflightEnvelope

type Target = Readonly<{
  operation: string
  path: string
  query: Readonly<Record<string, readonly string[]>>
  headers: Readonly<Record<string, string>>
}>

export type SseEnvelope = Target &
  Readonly<{
    transport: 'sse'
    method: string
    body?: unknown
    /** The example runs to the end: the provider has to end the stream there. Otherwise the replay leaves once it has seen enough. */
    ends: boolean
    /** Events have to come one by one, not all at the end. */
    progressive: boolean
  }>

export type WsEnvelope = Target &
  Readonly<{
    transport: 'ws'
    /** What happens in turn: the consumer sends a message, or waits until all messages up to the next send have come. */
    steps: readonly WsStep[]
  }>

export type WsStep = Readonly<{ send: string; data: unknown }> | Readonly<{ receive: string }>

export type PreflightEnvelope = Target &
  Readonly<{
    transport: 'preflight'
    /** What the page wants to send. */
    method: string
    origin: string
    requestHeaders: readonly string[]
  }>

/** Events or messages of one name in a row. */
export type Run = Readonly<{ name: string; items: readonly RunItem[] }>
export type RunItem = Readonly<{ id?: unknown; data: unknown }>

/** What a preflight allows, as a browser reads it. */
export type PreflightResult = Readonly<{
  origin: boolean
  credentials: boolean
  method: boolean
  headers: Readonly<Record<string, boolean>>
}>

/** Puts what came in a row under one name together. */
export function toRuns(items: readonly (RunItem & { name: string })[]): readonly Run[] {
  const runs: { name: string; items: RunItem[] }[] = []
  for (const { name, ...item } of items) {
    const last = runs.at(-1)
    if (last?.name === name) last.items.push(item)
    else runs.push({ name, items: [item] })
  }
  return runs
}
