/** What a reply is beside its head: a body of its own length, or a stream of events. */
export type ReplyKind = 'whole' | 'events'

/** Told of what passes between a caller and a service, as it stands on the wire. */
export type Witness = Readonly<{
  /** A part of the request's body. */
  asked: (chunk: Buffer) => void
  /** Before the head is sent: names and values of its headers in turn. */
  head: (status: number, rawHeaders: readonly string[], kind: ReplyKind) => void
  /** A part of the reply's body. */
  said: (chunk: string | Uint8Array) => void
  /** Before the caller can know that this was all. */
  ended: () => void
  /** The connection breaks in place of a reply, or in the middle of one. */
  broken: () => void
}>
