import type { AnyContract } from '#harness/contract/contract.ts'
import { Refusal } from '#harness/contract/error-shape.ts'
import type { AnyReply } from '#harness/contract/reply.ts'
import { signature, type Operation } from '#harness/contract/operation.ts'
import type { AnyServerChannel } from './channel.ts'
import { streamWriter } from './event-stream.ts'
import { internalErrorResponse, refusalResponse } from './failure.ts'
import { credentialOf } from './credential.ts'
import { requestReader } from './read-request.ts'
import type { AnyHandlerInput, AnyHandlers, ServiceOptions } from './service.ts'
import { OutsideContract, replyWriter } from './write-reply.ts'

/** How one operation is answered. */
export type Answer = Readonly<{
  reply: (request: Request, params: Readonly<Record<string, string>>, requestId: string) => Promise<Response>
  /** For channels: the handler's input, or the reply that refuses the upgrade. */
  admit: (
    request: Request,
    params: Readonly<Record<string, string>>,
    requestId: string,
  ) => Promise<AnyHandlerInput | Response>
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
  const prepare = preparer(operation, contract, options)
  const write = replyWriter(operation)
  const stream = operation.kind === 'sse' ? streamWriter(operation) : undefined
  const onBreak = breakReporter(`${name} (${signature(operation)})`, contract, options)

  async function admit(
    request: Request,
    params: Readonly<Record<string, string>>,
    requestId: string,
  ): Promise<AnyHandlerInput | Response> {
    try {
      return await prepare(request, params, requestId)
    } catch (error) {
      return failed(error, requestId)
    }
  }
  function failed(error: unknown, requestId: string): Response {
    if (error instanceof Refusal) return refusalResponse(contract, requestId, error)
    onBreak(requestId)(error)
    return internalErrorResponse(contract, requestId)
  }
  return {
    admit,
    onBreak,
    async reply(request, params, requestId) {
      const input = await admit(request, params, requestId)
      if (input instanceof Response) return input
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
        await handler(channel, { ...input, signal: channel.closed })
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

type Prepare = (
  request: Request,
  params: Readonly<Record<string, string>>,
  requestId: string,
) => Promise<AnyHandlerInput>

function preparer(operation: Operation, contract: AnyContract, options: ServiceOptions<unknown>): Prepare {
  const read = requestReader(operation, contract.maxBodyBytes)
  const { auth } = operation.spec
  async function principalOf(request: Request): Promise<unknown> {
    if (!auth) return undefined
    const credential = await credentialOf(auth, request, contract.maxBodyBytes)
    const principal = credential && (await options.authenticate?.(credential))
    if (principal === undefined) throw new Refusal(401, 'unauthorized', { message: 'Sign in first.' })
    return principal
  }
  return async (request, params, requestId) => {
    const principal = await principalOf(request)
    const parts = await read(request, params)
    const lastEventId = request.headers.get('last-event-id') ?? undefined
    return { ...parts, principal, requestId, request, signal: request.signal, lastEventId }
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
