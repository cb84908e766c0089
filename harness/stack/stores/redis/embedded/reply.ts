/** What a command answers. A string is a bulk string, null a missing one; bytes are the characters U+0000 to U+00FF. */
export type Reply = string | number | bigint | null | Status | Failure | NullList | Several | readonly Reply[]
type Status = { kind: 'status'; text: string }
type Failure = { kind: 'error'; text: string }
type NullList = { kind: 'null-list' }
/** One answer after another, where a command gives more than one. */
type Several = { kind: 'several'; replies: readonly Reply[] }

export const OK: Reply = { kind: 'status', text: 'OK' }
export const NULL_LIST: Reply = { kind: 'null-list' }

/** A command that cannot be carried out. The message is the error as Redis words it, with its code (`ERR`, `WRONGTYPE`). */
export class CommandError extends Error {
  override readonly name = 'CommandError'
}

export const SYNTAX_ERROR = 'ERR syntax error'

/**
 * A reply as RESP2 puts it on the wire, one character per byte.
 * @see https://redis.io/docs/latest/develop/reference/protocol-spec/
 */
export function encodeReply(reply: Reply): string {
  if (reply === null) return '$-1\r\n'
  if (typeof reply === 'string') return `$${reply.length}\r\n${reply}\r\n`
  if (typeof reply === 'number' || typeof reply === 'bigint') return `:${reply}\r\n`
  if (isList(reply)) return `*${reply.length}\r\n${reply.map((item) => encodeReply(item)).join('')}`
  switch (reply.kind) {
    case 'status':
      return `+${reply.text}\r\n`
    case 'error':
      return `-${reply.text.replace(/[\r\n]/g, ' ')}\r\n`
    case 'null-list':
      return '*-1\r\n'
    case 'several':
      return reply.replies.map((each) => encodeReply(each)).join('')
    default:
      return reply satisfies never
  }
}

function isList(reply: Reply): reply is readonly Reply[] {
  return Array.isArray(reply)
}
