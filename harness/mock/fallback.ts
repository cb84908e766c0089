import type { AnyContract } from '#harness/contract/contract.ts'
import type { HttpOperation, Operation } from '#harness/contract/operation.ts'
import type { AnyReply } from '#harness/contract/reply.ts'
import type { PactFile } from '#harness/pact/file/pact-file.ts'
import type { AnyServerChannel } from '#harness/serve/channel.ts'
import type { AnyHandler, AnyHandlerInput, AnyHandlers } from '#harness/serve/service.ts'
import { bestExample } from './best-example.ts'
import { exampleOver } from './example-reply.ts'
import { madeUpEvents, madeUpReply } from './made-up.ts'

type Sources = Readonly<{ pacts: readonly PactFile[]; seed: number }>

/** Handlers for all operations of a contract that answer from the pacts' examples, else from the schema with a fixed seed. */
export function fallbackHandlers(contract: AnyContract, sources: Sources): AnyHandlers {
  return Object.fromEntries(
    Object.entries(contract.operations).map(([name, operation]) => [name, fallbackHandler(operation, sources)]),
  )
}

function fallbackHandler(operation: Operation, sources: Sources): AnyHandler {
  switch (operation.kind) {
    case 'http':
      return (input) => exampleReply(operation, input as AnyHandlerInput, sources)
    case 'sse':
      return () => madeUpEvents(operation, sources.seed)
    case 'ws':
      // A channel that answers nothing keeps to every contract, and stays open as long as the client wants.
      return async (channel) => {
        for await (const _message of channel as AnyServerChannel) continue
      }
  }
}

async function exampleReply(
  operation: HttpOperation,
  { request }: AnyHandlerInput,
  { pacts, seed }: Sources,
): Promise<AnyReply> {
  const statuses = Object.keys(operation.spec.replies).map(Number)
  const example = bestExample({ ...operation, statuses }, new URL(request.url), pacts)?.response
  const status = example?.status ?? Math.min(...statuses)
  const definition = operation.spec.replies[status]
  const made = await madeUpReply(status, definition, seed)
  return example ? exampleOver(made, example, definition) : made
}
