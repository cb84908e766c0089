import { edgeName, type Edge, type System } from '#harness/contract/system.ts'
import type { Exchange, Hooks } from '#harness/stack/proxy/types.ts'

/** What lies between the components of a stack. */
export type Network = AsyncDisposable &
  Readonly<{
    /** Where a consumer finds a provider, whether it runs already or not. */
    url: (edge: Edge) => string
    /** What went over an edge. */
    exchanges: (edge: Edge) => readonly Exchange[]
    /** Changes what goes over an edge, or lets it fail. */
    fault: (edge: Edge, hooks: Hooks) => void
    /** Whether an edge was made to fail since the last time that all was cleared. */
    isFaulty: (edge: Edge) => boolean
    /** Forgets what went over all edges, and all faults. */
    clear: () => void
  }>

/**
 * The edge of a system with these ends.
 * @throws TypeError where there is none.
 */
export function edgeOf(system: System, consumer: string, provider: string): Edge {
  const name = edgeName({ consumer, provider })
  const found = system.edges.find((edge) => edgeName(edge) === name)
  if (!found)
    throw new TypeError(`${system.name} declares no edge ${name}. Declare it in contracts/${system.name}/system.ts.`)
  return found
}
