import { edgeName, edgesInto, type Edge, type System } from '#harness/contract/system.ts'
import type { Exchange, Hooks } from '#harness/stack/proxy/types.ts'
import { anyone } from './anyone.ts'

/** What lies between the components of a stack. */
export type Network = AsyncDisposable &
  Readonly<{
    /** Where a consumer finds a provider, whether it runs already or not. */
    url: (edge: Edge) => string
    /** Where callers from outside find a provider, where the network has doors for them. */
    door: (provider: string) => string | undefined
    /** The edges that are told apart, each with the addresses at which its consumer calls. */
    edges: () => readonly TappedEdge[]
    /** What went over an edge. */
    exchanges: (edge: Edge) => readonly Exchange[]
    /** Changes what goes over an edge, or lets it fail. Called for each address of the edge, so that each counts by itself. */
    fault: (edge: Edge, hooks: () => Hooks) => void
    /** Whether an edge was made to fail since the last time that all was cleared. */
    isFaulty: (edge: Edge) => boolean
    /** Forgets what went over all edges, and all faults. */
    clear: () => void
  }>

export type TappedEdge = Readonly<{ edge: Edge; urls: readonly string[] }>

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

/**
 * The edge on which callers from outside come to a provider: that of the one consumer which the stack does not run, else
 * of the only one there is, else anyone's.
 */
export function outerEdge(system: System, provider: string, isRun: (component: string) => boolean): Edge {
  const declared = edgesInto(system, provider)
  const outside = declared.filter(({ consumer }) => !isRun(consumer))
  const candidates = outside.length > 0 ? outside : declared
  const [only] = candidates
  return only && candidates.length === 1 ? only : { consumer: anyone, provider }
}
