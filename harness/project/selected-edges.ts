import { pactFileName, type Edge } from '#harness/contract/system.ts'

/** The variable by which a gate that runs some edges alone says which; unset where all run. */
export const selectedEdgesVariable = 'CONCORDAT_EDGES'

/** `shop/till--stock`: an edge by one name in the whole project. */
export function edgeKey(system: string, edge: Edge): string {
  return `${system}/${pactFileName(edge).replace(/\.json$/, '')}`
}

/** Names edges for the tests of a run. */
export function selectedEdgesText(keys: Iterable<string>): string {
  return [...keys].join(',')
}

/** Of these edges those that the run is about: all where it is about none of them, so that nothing passes unseen. */
export function selectedEdges(system: string, edges: readonly Edge[]): readonly Edge[] {
  const selected = new Set((process.env[selectedEdgesVariable] ?? '').split(','))
  const found = edges.filter((edge) => selected.has(edgeKey(system, edge)))
  return found.length > 0 ? found : edges
}
