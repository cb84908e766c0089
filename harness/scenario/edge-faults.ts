import type { AnyContract } from '#harness/contract/contract.ts'
import { edgeName, type Edge, type System } from '#harness/contract/system.ts'
import { armFaults, type ArmedFaults, type FaultOptions } from '#harness/fault/hooks-of.ts'
import { combineHooks } from '#harness/fault/combine-hooks.ts'
import type { Fault } from '#harness/fault/fault.ts'
import { onOperation } from '#harness/fault/on-operation.ts'
import type { Hooks } from '#harness/stack/proxy/types.ts'
import type { Network } from './network.ts'

/** A fault of an edge: on one operation, or on all. */
export type EdgeFault = Readonly<{ fault: Fault; operation?: string | undefined }>

/** A fault that is armed, and how often it has acted. */
export type ActiveFault = EdgeFault & Readonly<{ acted: number }>

/** The faults of the edges of a network: what `fault` was told last for each. */
export type EdgeFaults = Readonly<{
  /**
   * Lets an edge do this in place of what it was told before; no fault at all takes that back. Without an operation, on all
   * calls.
   * @throws TypeError where the provider has no such operation, or a fault never meets it.
   */
  set: (edge: Edge, what: EdgeOrder, options?: FaultOptions) => void
  on: (edge: Edge) => readonly ActiveFault[]
  /** Forgets all: the network was cleared. */
  forget: () => void
}>

type Armed = Readonly<{ given: EdgeFault; sets: ArmedFaults[] }>

/** Keeps the faults of a network's edges. */
export function edgeFaults(network: Network, system: System): EdgeFaults {
  const byEdge = new Map<string, readonly Armed[]>()
  return {
    set(edge, what, options = {}) {
      const contract = system.components[edge.provider]?.contract
      const faults = edgeFaultsOf(what, options)
      const armed = faults.map((given): Armed => ({ given, sets: [] }))
      function hooks(): Hooks {
        if (isHooks(what)) return hooksOn(what, contract, options)
        return combineHooks(
          armed.map(({ given: { fault, operation }, sets }) => {
            const set = armFaults([fault], contract, { operation })
            sets.push(set)
            return set.hooks
          }),
        )
      }
      // Before anything is changed: what is wrong with them is thrown here.
      for (const { fault, operation } of faults) armFaults([fault], contract, { operation })
      network.fault(edge, hooks)
      byEdge.set(edgeName(edge), armed)
    },
    on: (edge) =>
      (byEdge.get(edgeName(edge)) ?? []).map(({ given, sets }) => ({
        ...given,
        acted: sets.flatMap((set) => set.acted()).reduce((sum, count) => sum + count, 0),
      })),
    forget: () => byEdge.clear(),
  }
}

/** What an edge may be told to do: a fault, several, each on one operation where that is said, or hooks of its tap. */
export type EdgeOrder = Fault | readonly (Fault | EdgeFault)[] | Hooks

function edgeFaultsOf(what: EdgeOrder, { operation }: FaultOptions): readonly EdgeFault[] {
  if (isHooks(what)) return []
  const given = isList(what) ? what : [what]
  return given.map((one) => ('kind' in one ? { fault: one, operation } : { operation, ...one }))
}

function isHooks(what: EdgeOrder): what is Hooks {
  return !isList(what) && !('kind' in what)
}

function isList(what: EdgeOrder): what is readonly (Fault | EdgeFault)[] {
  return Array.isArray(what)
}

function hooksOn(hooks: Hooks, contract: AnyContract | undefined, { operation }: FaultOptions): Hooks {
  return contract && operation !== undefined ? onOperation(contract, operation, hooks) : hooks
}
