import type { AnyContract } from '#harness/contract/contract.ts'
import type { Operation } from '#harness/contract/operation.ts'
import { differences } from '#harness/control/explain/differences.ts'
import type { Facts } from '#harness/control/explain/facts.ts'
import type { Recorded } from '#harness/control/explain/pact-book.ts'
import { recordedFacts } from '#harness/control/explain/recorded-facts.ts'
import { faultHeader, preferHeader } from '#harness/mock/headers/names.ts'
import { routesOf } from '#harness/pact/replay/operation-of.ts'
import { factsOfCall, tellingHeaders } from './call-facts.ts'
import type { SeenCall } from './seen-call.ts'

/** A call that no pact covers, and what it calls. */
export type UncoveredCall = Readonly<{ name: string; call: SeenCall }>

/** Why calls are not drafted: in words, with how many there were. */
export type LeftOut = ReadonlyMap<string, number>

export type ChosenCalls = Readonly<{
  /** One for each interaction that is distinct by operation, status and shape of the request. */
  uncovered: readonly UncoveredCall[]
  leftOut: LeftOut
}>

const covered = 'a pact covers them'

/** Chooses what to draft of the calls that were seen on one edge. `recorded` is what the pact of the edge has. */
export function chooseCalls(
  calls: readonly SeenCall[],
  contract: AnyContract,
  recorded: readonly Recorded[],
): ChosenCalls {
  const leftOut = new Map<string, number>()
  const groups: { name: string; facts: Facts; call: SeenCall }[] = []
  for (const call of calls) {
    const name = operationOf(contract, call)
    const operation = name === undefined ? undefined : contract.operations[name]
    const facts = factsOfCall(call, operation)
    const why = reasonAgainst(call, facts, operation)
    const telling: ReadonlySet<string> = operation ? tellingHeaders(operation) : new Set()
    const isSame = (other: Facts): boolean => differences(other, facts, telling).length === 0
    const isCovered = recorded.some(
      ({ operation, interaction }) => operation === name && isSame(recordedFacts(interaction)),
    )
    const isDrafted = groups.some((group) => group.name === name && isSame(group.facts))
    if (why !== undefined || isCovered) {
      const reason = why ?? covered
      leftOut.set(reason, (leftOut.get(reason) ?? 0) + 1)
    } else if (!isDrafted && name !== undefined) groups.push({ name, facts, call })
  }
  return { uncovered: groups.map(({ name, call }) => ({ name, call })), leftOut }
}

/** Whether all calls that were seen are in a pact. */
export function areAllCovered({ uncovered, leftOut }: ChosenCalls): boolean {
  return uncovered.length === 0 && [...leftOut.keys()].every((reason) => reason === covered)
}

function operationOf(contract: AnyContract, { method, path, request, messages }: SeenCall): string | undefined {
  const routes = routesOf(contract)
  if (messages || 'upgrade' in request.headers) return routes.channelAt(path)?.name
  return routes.find(method, path)?.name
}

/** Why a call is none to draft; undefined where it is one. */
function reasonAgainst(call: SeenCall, facts: Facts, operation: Operation | undefined): string | undefined {
  if (facts.transport === 'preflight') return 'they are preflights: recordsPreflight(…) records those'
  if (!operation) return 'the contract has no such operation'
  return steered(call) ?? unanswered(call, operation) ?? resumed(facts)
}

function steered({ faults, request }: SeenCall): string | undefined {
  if (faults.length > 0 || faultHeader in request.headers) return 'a fault met them'
  return preferHeader in request.headers ? 'they preferred an answer of their own' : undefined
}

function unanswered({ status, events, messages }: SeenCall, operation: Operation): string | undefined {
  if (status === undefined) return 'no answer came'
  const said = operation.kind === 'sse' ? events : operation.kind === 'ws' ? messages : undefined
  if (said) return said.length === 0 ? 'nothing came' : undefined
  const isDeclared = status in (operation.spec.replies ?? {})
  return isDeclared ? undefined : `the contract does not have their reply (${status})`
}

function resumed({ headers }: Facts): string | undefined {
  return headers.has('last-event-id') ? 'they take a stream up again, and what came before is not known' : undefined
}
