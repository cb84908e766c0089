import type { IncomingMessage } from 'node:http'
import { isDeepStrictEqual } from 'node:util'
import { jsonOr } from '#harness/contract/json.ts'
import type { ExpectedRequest } from './expected-request.ts'

/** Reads the whole body of a request. */
export async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

/** What a consumer's request has otherwise than the recording; an upgrade has no body. Bytes are expected as such, not as a Blob. */
export function requestProblems(expected: ExpectedRequest, request: IncomingMessage, body?: Buffer): readonly string[] {
  const url = new URL(request.url ?? '/', 'http://recording')
  // Copied, as a list of another realm (Jest runs tests in one of their own) equals none of ours.
  const query = Object.fromEntries(
    [...new Set(url.searchParams.keys())].map((name) => [name, [...url.searchParams.getAll(name)]]),
  )
  return [
    ...difference('method', expected.method, request.method),
    ...difference('path', expected.path, url.pathname),
    ...difference('query', expected.query, query),
    ...bodyProblems(expected.body, body),
    ...headerProblems(expected, request),
  ]
}

function difference(what: string, wanted: unknown, got: unknown): readonly string[] {
  if (isDeepStrictEqual(got, wanted)) return []
  return [`${what} is ${JSON.stringify(got)} where the recording has ${JSON.stringify(wanted)}`]
}

function bodyProblems(wanted: unknown, body: Buffer | undefined): readonly string[] {
  if (wanted instanceof Uint8Array) {
    const fits = body?.equals(wanted) ?? false
    return fits ? [] : [`body has ${body?.length ?? 0} bytes, not those ${wanted.length} of the recording`]
  }
  const text = body?.toString('utf8') ?? ''
  return difference('body', wanted, text === '' ? undefined : jsonOr(text, text))
}

function headerProblems(expected: ExpectedRequest, request: IncomingMessage): readonly string[] {
  return Object.entries(expected.headers).flatMap(([name, { value, pattern }]) => {
    const got = request.headers[name]
    const fits = pattern === undefined ? got === value : typeof got === 'string' && new RegExp(pattern).test(got)
    return fits ? [] : [`header ${name} is ${JSON.stringify(got)} where the recording has ${pattern ?? value}`]
  })
}
