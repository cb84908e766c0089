import type { IncomingMessage, ServerResponse } from 'node:http'

/** A provider of this process that takes requests without a connection to it. */
export type LocalProvider = Readonly<{
  take: (incoming: IncomingMessage, response: ServerResponse, witness: LocalWitness) => void
}>

/** What such a provider tells of an exchange: bytes as they stand on the wire, headers as names and values in turn. */
export type LocalWitness = Readonly<{
  /** A part of the request's body, as it is read. */
  asked: (chunk: Buffer) => void
  /** Before the head of the reply is sent. */
  head: (status: number, rawHeaders: readonly string[], kind: 'whole' | 'events') => void
  /** A part of the reply's body. */
  said: (chunk: string | Uint8Array) => void
  /** Before the client can know that this was all. */
  ended: () => void
  /** The connection breaks in place of a reply, or in the middle of one. */
  broken: () => void
}>
