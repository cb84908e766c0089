import type { AnyContract } from '#harness/contract/contract.ts'
import { fallbackHandlers } from '#harness/mock/fallback.ts'
import { listen, type Listening } from '#harness/serve/node/host.ts'
import { serveUntyped } from '#harness/serve/serve.ts'
import type { AnyHandlers } from '#harness/serve/service.ts'

/** Somebody whom a node calls: at one address all the time, answering or not. */
export type ExampleServer = AsyncDisposable &
  Readonly<{
    url: string
    /** Begins to answer; it does from the start. */
    up: () => Promise<void>
    /** Takes no connections any more. */
    down: () => Promise<void>
  }>

/** Serves a contract: the operations given by their handlers, the others by answers made up from the schema. */
export async function exampleServer(contract: AnyContract, handlers: AnyHandlers): Promise<ExampleServer> {
  const all = { ...fallbackHandlers(contract, { pacts: [], seed: 1 }), ...handlers }
  const service = serveUntyped(contract, all, { authenticate: ({ value }) => value })
  let listening: Listening | undefined = await listen(service)
  const { url, port } = listening
  async function down(): Promise<void> {
    await listening?.stop()
    listening = undefined
  }
  return {
    url,
    down,
    async up() {
      listening ??= await listen(service, { port })
    },
    [Symbol.asyncDispose]: down,
  }
}
