import { isMediaType } from '#harness/contract/content.ts'
import type { AnyContract } from '#harness/contract/contract.ts'
import type { Mock, MockOptions, StartedMock } from '#harness/mock/mock.ts'
import type { Upgrade } from '#harness/serve/service.ts'
import { openConnections, type OpenConnections } from './breakable.ts'

/** A mock over one version of its code. */
export type Life = Readonly<{
  mock: StartedMock
  contract: AnyContract
  connections: OpenConnections
  /** Requests that are being answered. */
  busy: Set<Promise<unknown>>
}>

/** Milliseconds that requests under way have when the code of a mock is replaced. */
const farewellMs = 1_000

export function beginLife(mock: Mock, options: MockOptions): Life {
  return { mock: mock.start(options), contract: mock.contract, connections: openConnections(), busy: new Set() }
}

/** Answers a request that changes nothing. */
export async function look({ mock, connections }: Life, request: Request): Promise<Response> {
  const reply = await mock.service.fetch(request)
  if (!isStream(reply)) return reply
  const ignore = (): void => undefined
  return connections.stream(reply, { chunk: ignore, end: ignore, stop: ignore })
}

/** Answers an upgrade to a channel. */
export async function connect({ mock, connections }: Life, request: Request): Promise<Upgrade> {
  const upgrade = await mock.service.upgrade(request)
  if (upgrade.kind === 'refused') return upgrade
  return { ...upgrade, open: (socket) => upgrade.open(connections.channel(socket)) }
}

/** Ends a life whose place another one has taken: streams and channels break, so that clients come again. */
export async function endLife({ mock, connections, busy }: Life): Promise<void> {
  connections.breakAll()
  const { promise: late, resolve } = Promise.withResolvers<void>()
  const timer = setTimeout(resolve, farewellMs)
  await Promise.race([Promise.allSettled(busy), late])
  clearTimeout(timer)
  await mock[Symbol.asyncDispose]()
}

export function isStream(reply: Response): boolean {
  return isMediaType(reply.headers.get('content-type'), 'text/event-stream')
}
