import type { AnyContract } from '#harness/contract/contract.ts'
import type { Operation } from '#harness/contract/operation.ts'
import { edgeName, type Edge, type System } from '#harness/contract/system.ts'
import { routesOf } from '#harness/pact/replay/operation-of.ts'
import type { Exchange } from '#harness/stack/proxy/types.ts'
import type { Match } from '../types.ts'
import { differences, likeness } from './differences.ts'
import { factsOf, headerOf, pathOf, type Facts } from './facts.ts'
import { nearestOperation } from './nearest-operation.ts'
import type { PactBook, Recorded } from './pact-book.ts'
import { recordedFacts } from './recorded-facts.ts'

/** What an exchange is by contract and pacts. */
export type Explained = Readonly<{
  operation: string | undefined
  match: Match
  /** All interactions that it is like: several may differ in nothing but their states. */
  like: readonly Recorded[]
}>

/** What there is to compare with. */
export type Known = Readonly<{ system: System; pacts: PactBook }>

const facts = new WeakMap<Recorded, Facts>()
const indexes = new WeakMap<PactBook, Map<string, ReadonlyMap<string | undefined, readonly Recorded[]>>>()

/** What was recorded of an operation on an edge. */
function recordedOf(pacts: PactBook, edge: Edge, operation: string): readonly Recorded[] {
  const index = indexes.get(pacts) ?? new Map<string, ReadonlyMap<string | undefined, readonly Recorded[]>>()
  indexes.set(pacts, index)
  const name = edgeName(edge)
  const ofEdge = index.get(name) ?? Map.groupBy(pacts.of(edge), (recorded) => recorded.operation)
  index.set(name, ofEdge)
  return ofEdge.get(operation) ?? []
}

/** Finds the operation that an exchange called, and the interaction that is like it; else what is nearest to it. */
export function explain({ system, pacts }: Known, edge: Edge, exchange: Exchange): Explained {
  const contract = system.components[edge.provider]?.contract
  const called = factsOf(exchange)
  const operation = contract && operationOf(contract, exchange, called)
  if (!contract || operation === undefined)
    return { operation: undefined, like: [], match: unknown(contract, exchange) }
  const spec = contract.operations[operation] as Operation
  const recorded = recordedOf(pacts, edge, operation)
  if (recorded.length === 0)
    return { operation, like: [], match: undeclaredReply(operation, spec, called) ?? { kind: 'unrecorded' } }
  const telling = new Set(['last-event-id', 'range', ...declaredHeaders(spec)])
  const compared = recorded
    .map((one) => compare(one, called, telling))
    .toSorted((a, b) => a.distance - b.distance || b.likeness - a.likeness)
  const like = compared.filter((one) => one.differences.length === 0).map(({ recorded }) => recorded)
  const [best] = compared
  const [found] = like
  if (found) return { operation, like, match: { kind: 'recorded', ...nameOf(found) } }
  const undeclared = undeclaredReply(operation, spec, called)
  if (undeclared) return { operation, like: [], match: undeclared }
  const nearest = best && { ...nameOf(best.recorded), differences: [...best.differences] }
  return { operation, like: [], match: { kind: 'unrecorded', ...(nearest && { nearest }) } }
}

type Compared = Readonly<{
  recorded: Recorded
  differences: readonly string[]
  /** What is carried in another way is farther away than anything else. */
  distance: number
  likeness: number
}>

function compare(recorded: Recorded, called: Facts, telling: ReadonlySet<string>): Compared {
  const known = facts.get(recorded) ?? recordedFacts(recorded.interaction)
  facts.set(recorded, known)
  const found = differences(known, called, telling)
  return {
    recorded,
    differences: found,
    distance: known.transport === called.transport ? found.length : Infinity,
    likeness: likeness(known, called),
  }
}

function nameOf({ consumer, interaction }: Recorded): { consumer: string; interaction: string } {
  return { consumer, interaction: interaction.description }
}

function operationOf(contract: AnyContract, { request }: Exchange, { transport }: Facts): string | undefined {
  const path = pathOf(request.path)
  const routes = routesOf(contract)
  if (transport === 'ws') return routes.channelAt(path)?.name
  if (transport !== 'preflight') return routes.find(request.method, path)?.name
  return routes.find(headerOf(request.headers, 'access-control-request-method') ?? '', path)?.name
}

function unknown(contract: AnyContract | undefined, { request }: Exchange): Match {
  const nearest = contract && nearestOperation(contract, { method: request.method, path: pathOf(request.path) })
  return { kind: 'undeclared', ...(nearest && { nearest: { ...nearest, differences: [...nearest.differences] } }) }
}

/** A reply with a status that the operation does not have. */
function undeclaredReply(name: string, operation: Operation, { status, transport }: Facts): Match | undefined {
  if (status === undefined || transport === 'preflight') return undefined
  const { replies = {} } = operation.spec
  if (status in replies || own[operation.kind].includes(status)) return undefined
  const declared = [...Object.keys(replies).map(Number), ...own[operation.kind]]
  const differs = `$.reply.status: ${status}, declared are ${declared.join(', ')}`
  return {
    kind: 'undeclared',
    nearest: { operation: name, signature: `${operation.method} ${operation.path}`, differences: [differs] },
  }
}

/** What streams and channels answer without saying so. */
const own: Readonly<Record<Operation['kind'], readonly number[]>> = { http: [], sse: [200], ws: [101] }

function declaredHeaders(operation: Operation): readonly string[] {
  if (operation.kind === 'ws') return []
  return Object.keys(operation.spec.headers ?? {}).map((name) => name.toLowerCase())
}
