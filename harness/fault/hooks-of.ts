import type { AnyContract } from '#harness/contract/contract.ts'
import { signature, type Operation } from '#harness/contract/operation.ts'
import type { Hooks } from '#harness/stack/proxy/types.ts'
import { combineHooks } from './combine-hooks.ts'
import type { Fault, FaultKind } from './fault.ts'
import { hooksOfFault } from './hooks-of-fault.ts'
import { onOperation, onRequests, preflightedMethod } from './on-operation.ts'

export type FaultOptions = Readonly<{
  /** The only operation of the contract that the faults meet; all calls where none is named. */
  operation?: string | undefined
}>

/** Faults that stand before a provider. */
export type ArmedFaults = Readonly<{
  hooks: Hooks
  /** How often each has acted since it was armed, in the order in which they were given. Where it slows, each event counts. */
  acted: () => readonly number[]
}>

/**
 * Arms faults for one tap: what they count (`times`, what depends on chance) begins here. They act in the order given, on
 * one operation or on all calls, and never on preflights. A status is answered in the contract's error shape.
 * @throws TypeError where the contract has no such operation, or a fault never meets one of its kind.
 */
export function armFaults(
  faults: readonly Fault[],
  contract: AnyContract | undefined,
  { operation }: FaultOptions = {},
): ArmedFaults {
  if (operation !== undefined) checkOperation(faults, contract, operation)
  const counts = faults.map(() => 0)
  const hooks = combineHooks(
    faults.map((fault, index) =>
      hooksOfFault(fault, { contract, acted: () => void (counts[index] = (counts[index] ?? 0) + 1) }),
    ),
  )
  const onCalls = onRequests(hooks, (request) => preflightedMethod(request) === undefined)
  const isForOne = contract !== undefined && operation !== undefined
  return { hooks: isForOne ? onOperation(contract, operation, onCalls) : onCalls, acted: () => [...counts] }
}

/** The hooks of faults that are armed now: see `armFaults`. */
export function hooksOf(
  faults: readonly Fault[],
  contract: AnyContract | undefined,
  options: FaultOptions = {},
): Hooks {
  return armFaults(faults, contract, options).hooks
}

/** What is only met where there is something of the kind; all other faults meet every call. */
const places: Partial<Record<FaultKind, readonly Operation['kind'][]>> = {
  cut: ['sse', 'ws'],
  slowTokens: ['sse', 'ws'],
  contentType: ['http', 'sse'],
  duplicateMessage: ['ws'],
  dropMessage: ['ws'],
}

function checkOperation(faults: readonly Fault[], contract: AnyContract | undefined, name: string): void {
  if (!contract) throw new TypeError(`faults on "${name}" alone: the provider's contract is not known. Leave it out.`)
  const operation = contract.operations[name]
  if (!operation) {
    const known = Object.keys(contract.operations).join(', ')
    throw new TypeError(`${contract.name} has no operation "${name}". Name one of ${known}.`)
  }
  for (const { kind } of faults) {
    if (places[kind]?.includes(operation.kind) === false)
      throw new TypeError(`fault "${kind}" never meets ${name} (${signature(operation)}). Choose another one.`)
  }
}
