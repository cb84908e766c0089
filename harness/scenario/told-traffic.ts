import type { AnyContract } from '#harness/contract/contract.ts'
import { signature } from '#harness/contract/operation.ts'
import type { Edge, System } from '#harness/contract/system.ts'
import { preflightedMethod } from '#harness/fault/on-operation.ts'
import { routesOf } from '#harness/pact/replay/operation-of.ts'
import type { ScenarioResult, StoryTraffic, ToldCalls, ToldExchange } from '#harness/project/results.ts'
import type { Exchange } from '#harness/stack/proxy/types.ts'
import type { Stack } from './stack.ts'

/** So many exchanges of one story are kept one by one; all are counted. */
const mostExchanges = 60

/** A path without an operation is shown up to here. */
const longestPath = 80

type Went = Readonly<{ edge: Edge; exchange: Exchange; called: Called }>
type Called = Readonly<{ operation?: string; signature: string }>

/**
 * What went over the edges of a stack since the last reset, in order, for the result of a story: who called which
 * operation, and what came of it. Nothing where the stack has no taps. No header, body or value out of a path is in it.
 */
export function toldTraffic(
  system: System,
  stack: Pick<Stack, 'kind' | 'edges' | 'traffic'>,
): Pick<ScenarioResult, 'traffic'> {
  if (stack.kind === 'msw') return {}
  const went = stack
    .edges()
    .flatMap(({ edge }) =>
      stack.traffic(edge.consumer, edge.provider).map((exchange): Went => ({
        edge,
        exchange,
        called: calledBy(system.components[edge.provider]?.contract, exchange),
      })),
    )
    .filter(({ exchange }) => preflightedMethod(exchange.request) === undefined)
    .toSorted((a, b) => a.exchange.at - b.exchange.at)
  const began = went[0]?.exchange.at ?? 0
  const traffic: StoryTraffic = {
    exchanges: went.slice(0, mostExchanges).map((one) => toldExchange(one, began)),
    left: Math.max(0, went.length - mostExchanges),
    calls: countCalls(went),
  }
  return { traffic }
}

function toldExchange({ edge: { consumer, provider }, exchange, called }: Went, began: number): ToldExchange {
  const { at, durationMs, reply, outcome, events, frames } = exchange
  const items = events?.length ?? frames?.length
  return {
    consumer,
    provider,
    ...called,
    at: Math.round(at - began),
    milliseconds: Math.round(durationMs * 10) / 10,
    ...(reply && { status: reply.status }),
    outcome,
    ...(items !== undefined && { items }),
  }
}

function calledBy(contract: AnyContract | undefined, { request }: Exchange): Called {
  const path = request.path.replace(/[?#].*$/s, '')
  const routes = contract && routesOf(contract)
  const isUpgrade = request.headers['upgrade'] !== undefined
  const found = isUpgrade ? routes?.channelAt(path) : routes?.find(request.method, path)
  if (found) return { operation: found.name, signature: signature(found.operation) }
  return { signature: `${isUpgrade ? 'WS' : request.method} ${withoutValues(path).slice(0, longestPath)}` }
}

/** What in a path nobody declared may be an id or a token is left out: whatever has a digit or is long. */
function withoutValues(path: string): string {
  return path
    .split('/')
    .map((segment) => (/\d/.test(segment) || segment.length > 24 ? '…' : segment))
    .join('/')
}

function countCalls(went: readonly Went[]): readonly ToldCalls[] {
  const groups = Map.groupBy(went, ({ edge, called }) => `${edge.consumer}\n${edge.provider}\n${called.signature}`)
  return [...groups.values()].flatMap((group) => {
    const [first] = group
    if (!first) return []
    const { consumer, provider } = first.edge
    return [{ consumer, provider, ...first.called, count: group.length }]
  })
}
