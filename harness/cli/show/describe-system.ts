import { edgeName, edgesInto, type System } from '#harness/contract/system.ts'
import type { EdgeEvidence } from '#harness/gate/edges.ts'
import { unusedOperations } from '#harness/gate/pact-evidence.ts'
import type { Place } from './places.ts'

/** A system as `show` tells of it. */
export type SystemDescription = Readonly<{
  system: string
  places: readonly Place[]
  components: readonly ComponentDescription[]
  edges: readonly EdgeDescription[]
  startOrder: readonly string[]
}>

export type ComponentDescription = Readonly<{
  name: string
  port: number | undefined
  operations: number
  states: readonly string[]
  stores: readonly string[]
  /** Operations that no consumer's pact uses. */
  unused: readonly string[]
}>

export type EdgeDescription = Readonly<{
  edge: string
  /** Undefined where there is no pact that can be read. */
  interactions: number | undefined
  operations: number
  /** How many of these the consumer uses. */
  used: number
}>

/** Puts together what is known of a system. */
export function describeSystem(
  system: System,
  places: readonly Place[],
  edges: readonly EdgeEvidence[],
): SystemDescription {
  return {
    system: system.name,
    places,
    components: Object.entries(system.components).map(([name, { port, contract, stores }]) => ({
      name,
      port,
      operations: Object.keys(contract?.operations ?? {}).length,
      states: Object.keys(contract?.stateDefinitions ?? {}),
      stores: Object.entries(stores ?? {}).map(([store, { kind }]) => `${store} (${kind})`),
      unused: contract && edgesInto(system, name).length > 0 ? unusedOperations(contract, edges) : [],
    })),
    edges: edges.map((evidence) => {
      const operations = Object.keys(evidence.contract.operations).length
      return {
        edge: edgeName(evidence.edge),
        interactions: evidence.pact.kind === 'read' ? evidence.pact.interactions.length : undefined,
        operations,
        used: operations - unusedOperations(evidence.contract, [evidence]).length,
      }
    }),
    startOrder: system.startOrder,
  }
}
