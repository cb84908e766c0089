/** What a page and the worker with the mocks say to each other. Each exchange has a port of its own. */

/** A request as it can be posted. */
export type PlainRequest = Readonly<{
  url: string
  method: string
  headers: readonly (readonly [string, string])[]
  body: ArrayBuffer | undefined
}>

/** From a page, on its own port. */
export type ToWorker =
  | Readonly<{ kind: 'request'; request: PlainRequest; port: MessagePort }>
  | Readonly<{ kind: 'channel'; url: string; protocols: readonly string[]; port: MessagePort }>
  | Readonly<{ kind: 'state'; component: string; state: string; params: unknown; port: MessagePort }>
  | Readonly<{ kind: 'reset'; port: MessagePort }>
  /** The page goes away, and all of its exchanges with it. */
  | Readonly<{ kind: 'leave' }>

/** To all pages: what a mock did outside its contract. */
export type ToPage = Readonly<{ kind: 'finding'; text: string }>

/** The parts of a reply, one after another. */
export type ReplyPart =
  | Readonly<{ kind: 'head'; status: number; statusText: string; headers: readonly (readonly [string, string])[] }>
  | Readonly<{ kind: 'chunk'; bytes: Uint8Array<ArrayBuffer> }>
  | Readonly<{ kind: 'end' }>
  | Readonly<{ kind: 'broken' }>

/** From whoever reads a reply. */
export type ReplyControl = Readonly<{ kind: 'cancel' }>

/** From the provider's end of a channel. */
export type ChannelDown =
  | Readonly<{ kind: 'accepted' }>
  | Readonly<{ kind: 'refused'; status: number }>
  | Readonly<{ kind: 'text'; text: string }>
  | Readonly<{ kind: 'close'; code: number; reason: string }>

/** From the consumer's end of a channel. */
export type ChannelUp =
  | Readonly<{ kind: 'opened' }>
  | Readonly<{ kind: 'text'; text: string }>
  | Readonly<{ kind: 'closed' }>

/** What came of setting up a state, or of a reset. */
export type Outcome =
  | Readonly<{ kind: 'done'; provided: Readonly<Record<string, unknown>> }>
  | Readonly<{ kind: 'failed'; message: string }>
