import { jsonOr } from '#harness/contract/json.ts'
import { contentOf, headersOf, isMediaType, type ReplyDefinition } from '#harness/contract/content.ts'
import { objectOf } from '#harness/contract/schema.ts'
import { ContractViolation, ReplyError, type CallContext } from './errors.ts'
import { isPassingStatus } from './passing.ts'
import type { Callable } from './request.ts'
import { readTolerantly } from './tolerant.ts'

/** A reply read by its contract. */
export type ReadReply = Readonly<{ status: number; body: unknown; headers: unknown }>

/**
 * Reads a reply.
 * @throws ReplyError for a status of 400 or above, ContractViolation for a status, media type or body that the contract does not have.
 */
export async function readReply(callable: Callable, reply: Response, context: CallContext): Promise<ReadReply> {
  const definition = callable.operation.spec.replies?.[reply.status]
  if (definition === undefined) return refuseUndeclared(callable, reply, context)
  const body = await readBody(definition, reply, context)
  if (reply.status >= 400) throw replyError(callable, { reply, body, context })
  const declared = headersOf(definition)
  const given = Object.fromEntries(
    Object.keys(declared).flatMap((name) => (reply.headers.has(name) ? [[name, reply.headers.get(name)]] : [])),
  )
  return { status: reply.status, body, headers: readTolerantly(objectOf(declared), given, context) }
}

/**
 * Any operation may be refused by the framework, with a status that it does not declare, in the contract's error shape,
 * and by what stands before the provider, in words of its own.
 */
async function refuseUndeclared(callable: Callable, reply: Response, context: CallContext): Promise<never> {
  const text = await reply.text()
  const body =
    reply.status >= 400 && isMediaType(reply.headers.get('content-type'), 'application/json')
      ? jsonOr(text, undefined)
      : undefined
  if (callable.contract.errors.read(body) || isPassingStatus(callable.operation, reply.status))
    throw replyError(callable, { reply, body: body ?? text, context })
  const start = text.slice(0, 80).replaceAll(/\s+/g, ' ')
  throw new ContractViolation(
    context,
    `answered ${reply.status}, which the contract does not have, with "${start}". Compare provider and contract.`,
  )
}

function replyError(
  callable: Callable,
  { reply, body, context }: { reply: Response; body: unknown; context: CallContext },
): ReplyError {
  const requestId = reply.headers.get(callable.contract.requestIdHeader) ?? context.requestId
  const problem = problemIn(callable, body)
  return new ReplyError({ ...context, requestId }, { status: reply.status, body, headers: reply.headers, problem })
}

/** Nothing where the body lacks a part of its shape: that is missed by whoever reads the part, and not before. */
function problemIn({ contract }: Callable, body: unknown): ReplyError['problem'] {
  try {
    return contract.errors.read(body)
  } catch (error) {
    if (error instanceof ContractViolation) return undefined
    throw error
  }
}

async function readBody(definition: ReplyDefinition, reply: Response, context: CallContext): Promise<unknown> {
  const content = contentOf(definition)
  switch (content.kind) {
    case 'none':
      await reply.body?.cancel()
      return undefined
    case 'text':
      await expectMediaType(content.mediaType, reply, context)
      return reply.text()
    case 'bytes':
      return new Uint8Array(await reply.arrayBuffer())
    case 'json': {
      await expectMediaType('application/json', reply, context)
      const value = jsonOr(await reply.text(), undefined)
      if (value === undefined)
        throw new ContractViolation(
          context,
          `answered ${reply.status} with a body that is no JSON. Compare provider and contract.`,
        )
      return readTolerantly(content.schema, value, context)
    }
  }
}

async function expectMediaType(wanted: string, reply: Response, context: CallContext): Promise<void> {
  const given = reply.headers.get('content-type')
  if (isMediaType(given, wanted)) return
  await reply.body?.cancel()
  throw new ContractViolation(
    context,
    `answered ${reply.status} as ${given ?? 'no media type'} where the contract has ${wanted}. Compare provider and contract.`,
  )
}
