import type { AnyContract } from '#harness/contract/contract.ts'
import { Refusal } from '#harness/contract/error-shape.ts'
import type { AnyReply } from '#harness/contract/reply.ts'
import { signature, type Operation } from '#harness/contract/operation.ts'
import type { AnyServerChannel } from './channel.ts'
import { streamWriter } from './event-stream.ts'
import { internalErrorResponse, refusalResponse } from './failure.ts'
import { credentialOf } from './credential.ts'
import { HandlerInput } from './handler-input.ts'
import { requestReader } from './read-request.ts'
import type { AnyHandlerInput, AnyHandlers, ServiceOptions } from './service.ts'
import { OutsideContract, replyWriter } from './write-reply.ts'

/** A request with what is known of it already. */
export type Asked = Readonly<{ request: Request; requestId: string; params: Readonly<Record<string, string>> }>

/** How one operation is answered. */
export type Answer = Readonly<{
  reply: (asked: Asked) => Promise<Response>
  /** For channels: the handler's input, or the reply that refuses the upgrade. */
  admit: (asked: Asked) => Promise<AnyHandlerInput | Response>
  converse: (channel: AnyServerChannel, input: AnyHandlerInput) => Promise<void>
  onBreak: (requestId: string) => (error: unknown) => void
}>

type Setup = Readonly<{ handlers: AnyHandlers; options: ServiceOptions<unknown> }>

/**
 * Makes the answerer of one operation.
 * @throws TypeError where the operation has no handler.
 */
export function answerer(contract: AnyContract, name: string, { handlers, options }: Setup): Answer {
  const operation = contract.operations[name] as Operation
  const handler = handlers[name]
  if (!handler) throw new TypeError(`${contract.name}: operation "${name}" has no handler. Write one.`)
  const reader = requestReader(operation, contract.maxBodyBytes)
  const principalOf = principalReader(operation, contract, options)
  const write = replyWriter(operation)
  const stream = operation.kind === 'sse' ? streamWriter(operation) : undefined
  const onBreak = breakReporter(`${name} (${signature(operation)})`, contract, options)

  function failed(error: unknown, requestId: string): Response {
    if (error instanceof Refusal) return refusalResponse(contract, requestId, error)
    onBreak(requestId)(error)
    return internalErrorResponse(contract, requestId)
  }
  async function prepareLater(asked: Asked): Promise<AnyHandlerInput> {
    const principal = principalOf && (await principalOf(asked.request))
    const body = reader.body && (await reader.body(asked.request))
    return new HandlerInput(asked, principal, reader.parts(asked, body))
  }
  // Waits for nothing that is not there.
  const prepare: (asked: Asked) => AnyHandlerInput | Promise<AnyHandlerInput> =
    principalOf || reader.body
      ? prepareLater
      : (asked) => new HandlerInput(asked, undefined, reader.parts(asked, undefined))
  return {
    onBreak,
    async admit(asked) {
      try {
        return await prepare(asked)
      } catch (error) {
        return failed(error, asked.requestId)
      }
    },
    async reply(asked) {
      const { requestId } = asked
      let input: AnyHandlerInput
      try {
        input = await prepare(asked)
      } catch (error) {
        return failed(error, requestId)
      }
      try {
        const answer = await handler(input)
        if (stream && isEvents(answer)) return stream(answer[Symbol.asyncIterator](), onBreak(requestId))
        return write(answer as AnyReply)
      } catch (error) {
        return failed(declaredRefusal(operation, error), requestId)
      }
    },
    async converse(channel, input) {
      try {
        await handler(channel, new HandlerInput(input, input.principal, input, channel.closed))
        channel.close(1000)
      } catch (error) {
        if (channel.closed.aborted) return
        onBreak(input.requestId)(error)
        channel.close(1011, 'internal error')
      }
    },
  }
}

/** What a handler refuses with is a reply like any other: its status has to be one that the operation declares. */
function declaredRefusal(operation: Operation, error: unknown): unknown {
  if (!(error instanceof Refusal) || error.status in (operation.spec.replies ?? {})) return error
  return new OutsideContract(
    'reply-outside-contract',
    '$.status',
    `status ${error.status} (${error.code}) is not declared`,
  )
}

type AnyEvents = AsyncIterable<Readonly<{ event: string; data: unknown; id?: string }>>

function isEvents(answer: unknown): answer is AnyEvents {
  return typeof answer === 'object' && answer !== null && Symbol.asyncIterator in answer
}

type ReadPrincipal = (request: Request) => Promise<unknown>

/** Reads who calls; undefined where anybody may. */
function principalReader(
  operation: Operation,
  contract: AnyContract,
  options: ServiceOptions<unknown>,
): ReadPrincipal | undefined {
  const { auth } = operation.spec
  if (!auth) return undefined
  return async (request) => {
    const credential = await credentialOf(auth, request, contract.maxBodyBytes)
    const principal = credential && (await options.authenticate?.(credential))
    if (principal === undefined) throw new Refusal(401, 'unauthorized', { message: 'Sign in first.' })
    return principal
  }
}

function breakReporter(
  operation: string,
  contract: AnyContract,
  { onFinding }: ServiceOptions<unknown>,
): Answer['onBreak'] {
  return (requestId) => (error) => {
    const outside = error instanceof OutsideContract
    onFinding?.({
      code: outside ? error.code : 'handler-failed',
      severity: 'error',
      operation,
      ...(outside && { path: error.path }),
      message: `${contract.name} could not answer ${requestId}: ${error instanceof Error ? (outside ? error.message : (error.stack ?? error.message)) : String(error)}.`,
      fix: outside ? 'Correct the handler, or the contract where the handler is right.' : 'Correct the handler.',
    })
  }
}
