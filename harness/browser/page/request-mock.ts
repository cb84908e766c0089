import { HttpResponse } from 'msw/http'
import type { ReplyControl, ReplyPart } from '../protocol.ts'
import type { MockLink } from './mock-link.ts'

/** Statuses whose replies have no body (Fetch §2.2.3, "null body status"). */
const bodiless = new Set([101, 204, 205, 304])

/** Has a request answered by a mock. The body of the reply comes as the mock gives it. */
export async function requestMock(link: MockLink, request: Request): Promise<Response> {
  const body = request.method === 'GET' || request.method === 'HEAD' ? undefined : await request.arrayBuffer()
  const { url, method } = request
  const port = link.begin({ kind: 'request', request: { url, method, headers: [...request.headers], body } })
  return new Promise((resolve) => {
    const parts = bodyOf(port)
    let hasBegun = false
    port.onmessage = ({ data }: MessageEvent<ReplyPart>) => {
      if (data.kind === 'broken' && !hasBegun) return resolve(HttpResponse.error())
      if (data.kind !== 'head') return parts.take(data)
      hasBegun = true
      const { status, statusText, headers } = data
      const init = { status, statusText, headers: headers as [string, string][] }
      resolve(new HttpResponse(bodiless.has(status) ? null : parts.stream, init))
    }
  })
}

type Parts = Readonly<{ stream: ReadableStream<Uint8Array>; take: (part: ReplyPart) => void }>

function bodyOf(port: MessagePort): Parts {
  let open = true
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined
  const stream = new ReadableStream<Uint8Array>({
    start: (given) => void (controller = given),
    cancel() {
      open = false
      port.postMessage({ kind: 'cancel' } satisfies ReplyControl)
    },
  })
  function take(part: ReplyPart): void {
    if (!open) return
    if (part.kind === 'chunk') return controller?.enqueue(part.bytes)
    open = false
    if (part.kind === 'end') controller?.close()
    else controller?.error(new TypeError('the mock broke the reply off'))
  }
  return { stream, take }
}
