import type { PlainRequest, ReplyControl, ReplyPart } from '../protocol.ts'
import type { Host } from './hosts.ts'
import { providerRequest } from './provider-http.ts'

/** Asks a mock, and posts its reply part by part, as it comes. Aborting the signal breaks it off, as the reader does. */
export async function answerRequest(
  host: Host,
  { request, port }: Readonly<{ request: PlainRequest; port: MessagePort }>,
  gone: AbortSignal,
): Promise<void> {
  const left = new AbortController()
  const signal = AbortSignal.any([gone, left.signal])
  port.onmessage = ({ data }: MessageEvent<ReplyControl>) => {
    if (data.kind === 'cancel') left.abort()
  }
  const response = await host.mock.service.fetch(requestOf(host, request, signal))
  // It stands for a failure of the network (Fetch §2.2.6).
  if (response.type === 'error') return post(port, { kind: 'broken' })
  host.jar().take(response)
  const headers = [...response.headers].filter(([name]) => name !== 'set-cookie')
  post(port, { kind: 'head', status: response.status, statusText: response.statusText, headers })
  await postBody(port, response.body, signal)
}

function requestOf({ jar }: Host, { url, method, headers, body }: PlainRequest, signal: AbortSignal): Request {
  const given = new Headers(headers as [string, string][])
  const cookies = jar().header()
  if (cookies !== undefined) given.set('cookie', cookies)
  if (body !== undefined) given.set('content-length', String(body.byteLength))
  return providerRequest(url, { method, headers: given, signal, ...(body !== undefined && { body }) })
}

async function postBody(
  port: MessagePort,
  body: ReadableStream<Uint8Array<ArrayBuffer>> | null,
  signal: AbortSignal,
): Promise<void> {
  const reader = body?.getReader()
  signal.addEventListener('abort', () => void reader?.cancel().catch(() => undefined))
  try {
    for (let part = await reader?.read(); part && !part.done; part = await reader?.read())
      post(port, { kind: 'chunk', bytes: part.value })
    post(port, { kind: 'end' })
  } catch {
    post(port, { kind: 'broken' })
  }
}

function post(port: MessagePort, part: ReplyPart): void {
  port.postMessage(part)
}
