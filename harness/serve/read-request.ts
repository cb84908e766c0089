import { isMediaType, contentOf, type Content } from '#harness/contract/content.ts'
import type { FailureDetail } from '#harness/contract/error-shape.ts'
import { Refusal } from '#harness/contract/error-shape.ts'
import type { Operation } from '#harness/contract/operation.ts'
import { objectOf, type Fields } from '#harness/contract/schema.ts'
import { textDecoder } from './decode.ts'

/** The parts of a request, checked by the contract. */
export type RequestParts = Readonly<{ params: unknown; query: unknown; headers: unknown; body: unknown }>

type Part = 'path' | 'query' | 'header' | 'body'

/**
 * Makes the reader of an operation's requests.
 * The reader throws a Refusal: 415 for another media type, 413 for a body over the limit, 400 for JSON that cannot be
 * read, 422 for values that the contract does not allow, each mistake with its field.
 */
export function requestReader(
  operation: Operation,
  maxBodyBytes: number,
): (request: Request, pathValues: Readonly<Record<string, string>>) => Promise<RequestParts> {
  const { params = {}, query = {} } = operation.spec
  const { headers = {} } = operation.kind === 'ws' ? {} : operation.spec
  const readPath = partReader('path', params)
  const readQuery = partReader('query', query)
  const readHeaders = partReader('header', headers)
  const readBody = bodyReader(
    operation.kind === 'ws' ? contentOf(undefined) : contentOf(operation.spec.body),
    maxBodyBytes,
  )
  return async (request, pathValues) => {
    const body = await readBody(request)
    const mistakes: FailureDetail[] = []
    const parts = {
      params: readPath((name) => (pathValues[name] === undefined ? [] : [pathValues[name]]), mistakes),
      query: readQuery(queryGetter(request.url), mistakes),
      headers: readHeaders((name) => toList(request.headers.get(name)), mistakes),
      body: body.check(mistakes),
    }
    if (mistakes.length > 0) throw invalid(mistakes)
    return parts
  }
}

function toList(value: string | null): readonly string[] {
  return value === null ? [] : [value]
}

function queryGetter(url: string): (name: string) => readonly string[] {
  const start = url.indexOf('?')
  if (start < 0) return () => []
  const query = new URLSearchParams(url.slice(start + 1))
  return (name) => query.getAll(name)
}

function partReader(
  part: Part,
  fields: Fields,
): (get: (name: string) => readonly string[], mistakes: FailureDetail[]) => unknown {
  if (Object.keys(fields).length === 0) return () => ({})
  const decode = textDecoder(fields)
  const schema = objectOf(fields)
  return (get, mistakes) => {
    const parsed = schema.safeParse(decode(get))
    if (parsed.success) return parsed.data
    mistakes.push(...details(part, parsed.error.issues))
    return undefined
  }
}

type ReadBody = Readonly<{ check: (mistakes: FailureDetail[]) => unknown }>

function bodyReader(content: Content, maxBytes: number): (request: Request) => Promise<ReadBody> {
  switch (content.kind) {
    case 'none':
      return () => Promise.resolve({ check: () => undefined })
    case 'text':
      return async (request) => {
        expectMediaType(request, [content.mediaType])
        const text = new TextDecoder().decode(await readBytes(request, maxBytes))
        return { check: () => text }
      }
    case 'bytes':
      return async (request) => {
        expectMediaType(request, content.mediaTypes)
        const bytes = await readBytes(request, content.maxBytes)
        return { check: () => bytes }
      }
    case 'json':
      return async (request) => {
        expectMediaType(request, ['application/json'])
        const value = parseJson(await readBytes(request, maxBytes))
        return {
          check(mistakes) {
            const parsed = content.schema.safeParse(value)
            if (parsed.success) return parsed.data
            mistakes.push(...details('body', parsed.error.issues))
            return undefined
          },
        }
      }
  }
}

function expectMediaType(request: Request, allowed: readonly string[]): void {
  const given = request.headers.get('content-type')
  if (isMediaType(given, ...allowed)) return
  throw new Refusal(415, 'unsupported_media_type', {
    message: `The body has to be ${allowed.join(' or ')}, not ${given ?? 'of no media type'}.`,
  })
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
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
