import type { AnyContract } from '#harness/contract/contract.ts'
import { contentOf } from '#harness/contract/content.ts'
import { isPlainObject } from '#harness/contract/example.ts'
import { jsonOr } from '#harness/contract/json.ts'
import type { Operation } from '#harness/contract/operation.ts'
import type { Schema } from '#harness/contract/schema.ts'
import type { Exchange, HeaderRecord, ProxiedFrame } from '#harness/stack/proxy/types.ts'
import { headerOf, queryOf } from '../explain/facts.ts'
import type { ExchangeDetail, ExchangeSummary, ShownBody } from '../types.ts'
import { isSecretName, masked, maskText, maskValue } from './mask.ts'
import { maskHeaders } from './mask-headers.ts'

type Body = Readonly<{ bytes: Buffer; headers: HeaderRecord }>

/** An exchange with headers, bodies, events and messages, its secrets masked. */
export function showExchange(
  summary: ExchangeSummary,
  exchange: Exchange,
  contract: AnyContract | undefined,
): ExchangeDetail {
  const operation = summary.operation === undefined ? undefined : contract?.operations[summary.operation]
  const { request, reply, events, frames } = exchange
  return {
    ...summary,
    query: maskQuery(request.path),
    request: {
      headers: maskHeaders(request.headers),
      body: showBody({ bytes: request.body, headers: request.headers }, requestSchema(operation)),
    },
    ...(reply && {
      reply: {
        status: reply.status,
        headers: maskHeaders(reply.headers),
        body: showBody(
          { bytes: reply.body ?? Buffer.alloc(0), headers: reply.headers },
          replySchema(operation, reply.status),
        ),
      },
    }),
    ...(events && {
      events: events.map(({ data, ...event }) => ({
        ...event,
        data: maskValue(jsonOr(data, data), operation?.kind === 'sse' ? operation.spec.events[event.event] : undefined),
      })),
    }),
    ...(frames && { messages: frames.map((frame) => showFrame(frame, operation)) }),
    cut: exchange.cut ?? false,
  }
}

function maskQuery(target: string): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(queryOf(target)).map(([name, values]) => [
      name,
      values.map((value) => (isSecretName(name) ? masked : maskText(value))),
    ]),
  )
}

function requestSchema(operation: Operation | undefined): Schema | undefined {
  if (!operation || operation.kind === 'ws') return undefined
  const content = contentOf(operation.spec.body)
  return content.kind === 'json' ? content.schema : undefined
}

function replySchema(operation: Operation | undefined, status: number): Schema | undefined {
  const content = contentOf(operation?.spec.replies?.[status])
  return content.kind === 'json' ? content.schema : undefined
}

function showBody({ bytes, headers }: Body, schema: Schema | undefined): ShownBody {
  if (bytes.length === 0) return { kind: 'none' }
  const type = headerOf(headers, 'content-type') ?? ''
  const text = bytes.toString('utf8')
  if (/^application\/(?:[\w.+-]+\+)?json\b/i.test(type)) {
    const value = jsonOr(text, undefined)
    // What was cut short, or broken on purpose, is no JSON: nobody knows where its secrets are.
    return value === undefined
      ? { kind: 'text', text: maskBrokenJson(text) }
      : { kind: 'json', value: maskValue(value, schema) }
  }
  if (/^application\/x-www-form-urlencoded\b/i.test(type)) return { kind: 'text', text: maskForm(text) }
  return /^text\//i.test(type) ? { kind: 'text', text: maskText(text) } : { kind: 'bytes', size: bytes.length }
}

function maskBrokenJson(text: string): string {
  return maskText(text).replace(/"([^"]+)"(\s*:\s*)"(?:[^"\\]|\\.)*"?/g, (whole, name: string, colon: string) =>
    isSecretName(name) ? `"${name}"${colon}"${masked}"` : whole,
  )
}

function maskForm(text: string): string {
  return maskText(
    text.replaceAll(/([^&=]+)=([^&]*)/g, (whole, name: string) => (isSecretName(name) ? `${name}=${masked}` : whole)),
  )
}

function showFrame(
  { direction, data }: ProxiedFrame,
  operation: Operation | undefined,
): { from: 'consumer' | 'provider'; data: unknown } {
  const from = direction === 'to-server' ? 'consumer' : 'provider'
  if (typeof data !== 'string') return { from, data: `${data.length} bytes` }
  const message = jsonOr(data, undefined)
  if (!isPlainObject(message)) return { from, data: maskText(data) }
  const declared = operation?.kind === 'ws' ? operation.spec[from === 'consumer' ? 'send' : 'receive'] : {}
  const schema = declared[String(message['type'])]
  return { from, data: { ...message, data: maskValue(message['data'], schema) } }
}
