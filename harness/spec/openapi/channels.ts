import type { AnyContract } from '#harness/contract/contract.ts'
import type { WsOperation } from '#harness/contract/operation.ts'
import type { Schema } from '#harness/contract/schema.ts'
import { sentenceCase } from '../case.ts'
import { responseObject, type Writing } from './content.ts'
import { securityOf } from './security.ts'

type Described = Readonly<Record<string, unknown>>

/** The WebSocket channels of a contract, which OpenAPI has no words for; undefined where there are none. */
export function channelsOf(contract: AnyContract, writing: Writing): Described | undefined {
  const channels = Object.entries(contract.operations).flatMap(([name, operation]) =>
    operation.kind === 'ws' ? [[name, channelObject(name, operation, writing)] as const] : [],
  )
  return channels.length > 0 ? Object.fromEntries(channels) : undefined
}

function channelObject(name: string, { path, spec }: WsOperation, writing: Writing): Described {
  const messages = (schemas: Readonly<Record<string, Schema>>, side: 'input' | 'output'): Described =>
    Object.fromEntries(
      Object.entries(schemas).map(([message, schema]) => [message, writing.book.schemaOf(schema, side)]),
    )
  const refusals = Object.entries(spec.replies ?? {}).map(([status, definition]) => [
    status,
    responseObject(Number(status), definition, writing),
  ])
  return {
    path,
    summary: spec.summary ?? `${sentenceCase(name)}.`,
    frame: '{"type": name, "data": payload}, as text',
    ...(spec.auth && { security: securityOf(spec.auth) }),
    send: messages(spec.send, 'input'),
    receive: messages(spec.receive, 'output'),
    ...(refusals.length > 0 && { refusals: Object.fromEntries(refusals) }),
  }
}
