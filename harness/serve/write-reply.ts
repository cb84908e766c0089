import { contentOf, headersOf, type Content, type ReplyDefinition } from '#harness/contract/content.ts'
import type { FindingCode } from '#harness/contract/finding.ts'
import type { Operation } from '#harness/contract/operation.ts'
import type { AnyReply } from '#harness/contract/reply.ts'
import { objectOf } from '#harness/contract/schema.ts'
import { RawHeaders } from './raw-headers.ts'
import { wholeResponse, type WholeBody } from './whole-response.ts'

/** Thrown where a component would send what its contract does not have. */
export class OutsideContract extends Error {
  override readonly name = 'OutsideContract'
  readonly code: FindingCode
  readonly path: string

  constructor(code: FindingCode, path: string, message: string) {
    super(message)
    this.code = code
    this.path = path
  }
}

/**
 * Makes the writer of an operation's replies. Fields that the contract does not have are left out.
 * The writer throws OutsideContract for an undeclared status and for a header or body that breaks its schema.
 */
export function replyWriter(operation: Operation): (reply: AnyReply) => Response {
  const replies = operation.spec.replies ?? {}
  const writers = new Map(Object.entries(replies).map(([status, definition]) => [Number(status), writerOf(definition)]))
  return (reply) => {
    const write = writers.get(reply.status)
    if (!write) {
      const declared = [...writers.keys()].join(', ')
      throw outside('$.status', `status ${reply.status} is not declared; declared are ${declared}`)
    }
    return write(reply)
  }
}

function writerOf(definition: ReplyDefinition): (reply: AnyReply) => Response {
  const content = contentOf(definition)
  const headerFields = headersOf(definition)
  const declared = Object.keys(headerFields).length > 0 ? objectOf(headerFields) : undefined
  const mediaType = mediaTypeOf(content)
  const typed = mediaType === undefined ? [] : [contentType, mediaType]
  return (reply) => {
    const checked = declared?.safeParse(reply.headers ?? {})
    if (checked?.success === false) throw outside('$.headers', firstIssue(checked.error.issues))
    const body = bodyOf(content, reply.body)
    const headers = reply.headers ? headersFrom(reply.headers, content) : new RawHeaders([...typed])
    if (body instanceof Blob) return new Response(body, { status: reply.status, headers: headers.snapshot() })
    return wholeResponse(reply.status, body, headers)
  }
}

function headersFrom(given: Readonly<Record<string, unknown>>, content: Content): RawHeaders {
  const headers = new RawHeaders([])
  for (const [name, value] of Object.entries(given)) {
    for (const item of Array.isArray(value) ? value : [value])
      if (item !== undefined) headers.append(name, String(item))
  }
  const mediaType = mediaTypeOf(content)
  // JSON is JSON; of text and bytes a handler may know more.
  if (mediaType !== undefined && (content.kind === 'json' || !headers.has(contentType)))
    headers.set(contentType, mediaType)
  return headers
}

const contentType = 'content-type'

function mediaTypeOf(content: Content): string | undefined {
  switch (content.kind) {
    case 'none':
      return undefined
    case 'text':
      return content.mediaType
    case 'bytes':
      return 'application/octet-stream'
    case 'json':
      return 'application/json'
  }
}

function bodyOf(content: Content, body: unknown): WholeBody | Blob {
  switch (content.kind) {
    case 'none':
      if (body !== undefined) throw outside('$.body', 'a body was given where the contract has none')
      return null
    case 'text':
      if (typeof body !== 'string') throw outside('$.body', `expected text, got ${typeof body}`)
      return body
    case 'bytes':
      if (!(body instanceof Uint8Array) && !(body instanceof Blob)) throw outside('$.body', 'expected bytes')
      return body as Uint8Array<ArrayBuffer> | Blob
    case 'json': {
      const parsed = content.schema.safeParse(body)
      if (!parsed.success) throw outside(issuePath(parsed.error.issues), firstIssue(parsed.error.issues))
      return JSON.stringify(parsed.data)
    }
  }
}

function issuePath(issues: readonly { path: PropertyKey[] }[]): string {
  return ['$.body', ...(issues[0]?.path ?? []).map(String)].join('.')
}

function firstIssue(issues: readonly { path: PropertyKey[]; message: string }[]): string {
  const issue = issues[0]
  return issue ? `${issue.path.map(String).join('.')}: ${issue.message}` : 'unknown'
}

function outside(path: string, message: string): OutsideContract {
  return new OutsideContract('reply-outside-contract', path, message)
}
