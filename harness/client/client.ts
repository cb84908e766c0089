import type { CallArguments } from '#harness/contract/call.ts'
import type { OperationsOf, TypedContract } from '#harness/contract/contract.ts'
import type { HttpOperation, Operation, SseOperation, WsOperation } from '#harness/contract/operation.ts'
import type { EventOutput, SentByClient, SentByServer, Success } from '#harness/contract/reply.ts'
import { httpCaller } from './call.ts'
import { channelCaller } from './channel.ts'
import { settingsOf, type CallOptions, type ClientOptions } from './options.ts'
import type { Callable } from './request.ts'
import { streamCaller } from './stream.ts'

/** A typed WebSocket channel at the consumer's end. */
export type ClientChannel<Op extends WsOperation> = AsyncIterable<SentByServer<Op, 'output'>> &
  AsyncDisposable &
  Readonly<{ send: (message: SentByClient<Op, 'input'>) => void; close: () => Promise<void>; requestId: string }>

export type ClientMethod<Op extends Operation> = Op extends HttpOperation
  ? (...args: CallArguments<Op, [options?: CallOptions]>) => Promise<Success<Op>>
  : Op extends SseOperation
    ? (...args: CallArguments<Op, [options?: CallOptions]>) => AsyncIterable<EventOutput<Op>>
    : Op extends WsOperation
      ? (...args: CallArguments<Op, [options?: CallOptions]>) => Promise<ClientChannel<Op>>
      : never

/** One method per operation of a contract. */
export type Client<C extends TypedContract> = Readonly<{
  [N in keyof OperationsOf<C>]: ClientMethod<OperationsOf<C>[N]>
}>

/**
 * Makes a typed client out of a contract; it runs in browsers and in Node. What each method throws is said in errors.ts.
 */
export function client<C extends TypedContract>(contract: C, options: ClientOptions): Client<C> {
  const settings = settingsOf(options)
  const methods = Object.entries(contract.operations).map(([name, operation]) => {
    return [name, methodOf({ contract, name, operation, settings })] as const
  })
  return Object.fromEntries(methods) as unknown as Client<C>
}

function methodOf(callable: Callable): unknown {
  const { operation } = callable
  switch (operation.kind) {
    case 'http':
      return httpCaller({ ...callable, operation })
    case 'sse':
      return streamCaller({ ...callable, operation })
    case 'ws':
      return channelCaller({ ...callable, operation })
  }
}
