import { isMediaType, contentOf, type Content } from '#harness/contract/content.ts'
import type { FailureDetail } from '#harness/contract/error-shape.ts'
import { Refusal } from '#harness/contract/error-shape.ts'
import type { Operation } from '#harness/contract/operation.ts'
import { objectOf, type Fields } from '#harness/contract/schema.ts'
import { textDecoder } from './decode.ts'

/** The parts of a request, checked by the contract. */
export type RequestParts = Readonly<{ params: unknown; query: unknown; headers: unknown; body: unknown }>

type Part = 'path' | 'query' | 'header' | 'body'

/** Reads the requests of one operation, first the body, then all parts with it. */
export type RequestReader = Readonly<{
  /**
   * The body as text, bytes or a JSON value, not checked yet; undefined where the operation takes none. Throws a Refusal:
   * 415 for another media type, 413 for a body over the limit, 400 for JSON that cannot be read.
   */
  body: ((request: Request) => Promise<unknown>) | undefined
  /** Throws a Refusal: 422 for values that the contract does not allow, each mistake with its field. */
  parts: (
    asked: Readonly<{ request: Request; params: Readonly<Record<string, string>> }>,
    body: unknown,
  ) => RequestParts
}>

/** Makes the reader of an operation's requests. */
export function requestReader(operation: Operation, maxBodyBytes: number): RequestReader {
  const { params = {}, query = {} } = operation.spec
  const { headers = {} } = operation.kind === 'ws' ? {} : operation.spec
  const readPath = partReader('path', params)
  const readQuery = partReader('query', query)
  const readHeaders = partReader('header', headers)
  const content = operation.kind === 'ws' ? contentOf(undefined) : contentOf(operation.spec.body)
  const checkBody = bodyChecker(content)
  return {
    body: bodyReader(content, maxBodyBytes),
    parts({ request, params: given }, body) {
      const mistakes: FailureDetail[] = []
      const parts = {
        params: readPath ? readPath((name) => toList(given[name]), mistakes) : nothing,
        query: readQuery ? readQuery(queryGetter(request.url), mistakes) : nothing,
        headers: readHeaders ? readHeaders((name) => toList(request.headers.get(name)), mistakes) : nothing,
        body: checkBody(body, mistakes),
      }
      if (mistakes.length > 0) throw invalid(mistakes)
      return parts
    },
  }
}

/** The values of a part for which nothing is declared. */
const nothing = Object.freeze({})

function toList(value: string | null | undefined): readonly string[] {
  return value === null || value === undefined ? [] : [value]
}

function queryGetter(url: string): (name: string) => readonly string[] {
  const start = url.indexOf('?')
  if (start < 0) return () => []
  const query = new URLSearchParams(url.slice(start + 1))
  return (name) => query.getAll(name)
}

type ReadPart = (get: (name: string) => readonly string[], mistakes: FailureDetail[]) => unknown

/** Makes the reader of one part; undefined where nothing is declared for it. */
function partReader(part: Part, fields: Fields): ReadPart | undefined {
  if (Object.keys(fields).length === 0) return undefined
  const decode = textDecoder(fields)
  const schema = objectOf(fields)
  return (get, mistakes) => {
    const parsed = schema.safeParse(decode(get))
    if (parsed.success) return parsed.data
    mistakes.push(...details(part, parsed.error.issues))
    return undefined
  }
}

function bodyReader(content: Content, maxBytes: number): RequestReader['body'] {
  switch (content.kind) {
    case 'none':
      return undefined
    case 'text':
      return async (request) => {
        expectMediaType(request, [content.mediaType])
        return lenient.decode(await readBytes(request, maxBytes))
      }
    case 'bytes':
      return async (request) => {
        expectMediaType(request, content.mediaTypes)
        return readBytes(request, content.maxBytes)
      }
    case 'json':
      return async (request) => {
        expectMediaType(request, ['application/json'])
        return parseJson(await readBytes(request, maxBytes))
      }
  }
}

function bodyChecker(content: Content): (body: unknown, mistakes: FailureDetail[]) => unknown {
  if (content.kind !== 'json') return (body) => body
  return (body, mistakes) => {
    const parsed = content.schema.safeParse(body)
    if (parsed.success) return parsed.data
    mistakes.push(...details('body', parsed.error.issues))
    return undefined
  }
}

const lenient = new TextDecoder()
const strict = new TextDecoder('utf-8', { fatal: true })

function expectMediaType(request: Request, allowed: readonly string[]): void {
  const given = request.headers.get('content-type')
  if (isMediaType(given, ...allowed)) return
  throw new Refusal(415, 'unsupported_media_type', {
    message: `The body has to be ${allowed.join(' or ')}, not ${given ?? 'of no media type'}.`,
  })
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(strict.decode(bytes))
  } catch {
    throw new Refusal(400, 'malformed_json', { message: 'The body cannot be read as JSON.' })
  }
}

/**
 * The bytes of a body.
 * @throws Refusal with 413 where there are more than allowed.
 */
export async function readBytes(request: Request, maxBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  const announced = Number(request.headers.get('content-length') ?? 0)
  if (announced > maxBytes) throw tooLarge(maxBytes)
  if (announced > 0 || request.body === null) return new Uint8Array(await request.arrayBuffer())
  const chunks: Uint8Array<ArrayBuffer>[] = []
  let size = 0
  for await (const chunk of request.body) {
    size += chunk.byteLength
    if (size > maxBytes) throw tooLarge(maxBytes)
    chunks.push(chunk)
  }
  return new Uint8Array(await new Blob(chunks).arrayBuffer())
}

function tooLarge(maxBytes: number): Refusal {
  return new Refusal(413, 'body_too_large', { message: `The body is larger than ${maxBytes} bytes.` })
}

function details(part: Part, issues: readonly { path: PropertyKey[]; message: string }[]): FailureDetail[] {
  return issues.map((issue) => ({ field: [part, ...issue.path.map(String)].join('.'), message: issue.message }))
}

function invalid(mistakes: readonly FailureDetail[]): Refusal {
  const fields = mistakes.map((mistake) => mistake.field).join(', ')
  return new Refusal(422, 'validation_error', { message: `Not valid: ${fields}.`, details: mistakes })
}
