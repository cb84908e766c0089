import type { AnyCallInput } from '#harness/contract/call.ts'
import { contentOf } from '#harness/contract/content.ts'
import type { AnyContract } from '#harness/contract/contract.ts'
import { fillPath, queryString } from '#harness/contract/path.ts'
import { signature, type HttpOperation, type Operation, type SseOperation } from '#harness/contract/operation.ts'
import { addCredentials } from './credentials.ts'
import type { CallContext } from './errors.ts'
import type { Settings } from './options.ts'

/** A named operation of a contract, and how its client is set. */
export type Callable<Op extends Operation = Operation> = Readonly<{
  contract: AnyContract
  name: string
  operation: Op
  settings: Settings
}>

/** Where a call goes and under which request id. */
export function contextOf({ name, operation, settings }: Callable, input: AnyCallInput): CallContext {
  const path = fillPath(operation.path, input.params) + queryString(input.query)
  return {
    operation: `${name} (${signature(operation)})`,
    url: `${settings.baseUrl}${path}`,
    requestId: settings.newRequestId(),
  }
}

/** The headers and body of a call, credentials included. */
export async function requestInit(
  callable: Callable<HttpOperation | SseOperation>,
  input: AnyCallInput,
  context: CallContext,
): Promise<RequestInit & { headers: Headers }> {
  const { contract, operation } = callable
  const headers = new Headers()
  for (const [name, value] of Object.entries(input.headers ?? {}))
    if (value !== undefined) headers.set(name, String(value as string | number))
  headers.set(contract.requestIdHeader, context.requestId)
  headers.set(
    'accept',
    operation.kind === 'sse' ? 'text/event-stream, application/json' : 'application/json, */*;q=0.5',
  )
  const init: RequestInit & { headers: Headers } = { method: operation.method, headers, redirect: 'manual' }
  const body = bodyOf(operation, input.body, headers)
  if (body !== undefined) init.body = body
  await addCredentials(callable, { url: context.url, init })
  return init
}

function bodyOf(operation: HttpOperation | SseOperation, body: unknown, headers: Headers): BodyInit | undefined {
  const content = contentOf(operation.spec.body)
  switch (content.kind) {
    case 'none':
      return undefined
    case 'json':
      headers.set('content-type', 'application/json')
      return JSON.stringify(body)
    case 'text':
      headers.set('content-type', content.mediaType)
      return String(body)
    case 'bytes':
      if (!headers.has('content-type'))
        headers.set('content-type', (body instanceof Blob && body.type) || 'application/octet-stream')
      return body as Blob | Uint8Array<ArrayBuffer>
  }
}
