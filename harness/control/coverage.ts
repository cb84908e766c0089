import { edgeName, type Edge } from '#harness/contract/system.ts'
import type { Explained, Known } from './explain/explain.ts'
import type { EdgeCoverage } from './types.ts'

/** What of contracts and pacts was really called. */
export type Coverage = Readonly<{
  add: (edge: Edge, explained: Explained, isPreflight: boolean) => void
  /** By edge: those that are declared, and those that are told apart beside them. */
  edges: (known: Known, tapped: readonly Edge[]) => readonly EdgeCoverage[]
  clear: () => void
}>

type Calls = { called: number; recorded: number }

/** Counts from nothing. */
export function makeCoverage(): Coverage {
  const calls = new Map<string, Map<string, Calls>>()
  const undeclared = new Map<string, number>()
  const seen = new Map<string, number>()

  function callsOf(edge: Edge, operation: string): Calls {
    const ofEdge = calls.get(edgeName(edge)) ?? new Map<string, Calls>()
    calls.set(edgeName(edge), ofEdge)
    const ofOperation = ofEdge.get(operation) ?? { called: 0, recorded: 0 }
    ofEdge.set(operation, ofOperation)
    return ofOperation
  }
  return {
    add(edge, { operation, match, like }, isPreflight) {
      for (const { consumer, interaction } of like) {
        raise(seen, keyOf({ consumer, provider: edge.provider }, interaction.description))
      }
      if (match.kind === 'undeclared') raise(undeclared, edgeName(edge))
      if (operation === undefined || isPreflight) return
      const counted = callsOf(edge, operation)
      counted.called++
      if (match.kind === 'recorded') counted.recorded++
    },
    edges({ system, pacts }, tapped) {
      const all = new Map([...system.edges, ...tapped].map((edge) => [edgeName(edge), edge]))
      const declared = new Set(system.edges.map(edgeName))
      return [...all].map(([name, edge]) => ({
        consumer: edge.consumer,
        provider: edge.provider,
        operations: [...(calls.get(name) ?? [])].map(([operation, counted]) => ({ operation, ...counted })),
        undeclared: undeclared.get(name) ?? 0,
        interactions: (declared.has(name) ? pacts.of(edge) : []).map(({ interaction: { description } }) => ({
          interaction: description,
          seen: seen.get(keyOf(edge, description)) ?? 0,
        })),
      }))
    },
    clear() {
      calls.clear()
      undeclared.clear()
      seen.clear()
    },
  }
}

function keyOf(edge: Edge, interaction: string): string {
  return `${edgeName(edge)} ${interaction}`
}

function raise(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}
