import { edgesInto } from '#harness/contract/system.ts'
import { byProvider, type ProviderEdges } from '#harness/mutation/mutate-provider.ts'
import { loadSystem, loadSystems } from '#harness/project/systems.ts'
import { UsageError } from '#harness/project/usage-error.ts'
import { findEdge } from '../record/find-edge.ts'
import { findComponent } from '../replay/find-component.ts'

/**
 * The edges that a user means: `frontend--backend`, `workbench/frontend--backend`, all that end at `workbench/backend`, or
 * all of a system.
 * @throws UsageError where there are none.
 */
export async function chooseEdges(
  what: string | undefined,
  system: string | undefined,
): Promise<readonly ProviderEdges[]> {
  if (what === undefined) {
    if (system === undefined)
      throw new UsageError(
        'concordat mutate: of what? Name an edge (frontend--backend), a component (workbench/backend) or --system.',
      )
    return byProvider(await loadSystem(system))
  }
  const [first = '', second] = what.split('/')
  if (!what.includes('--')) {
    const found = await findComponent(system !== undefined && second === undefined ? `${system}/${first}` : what)
    return [{ system: found.system, provider: found.component, edges: edgesInto(found.system, found.component) }]
  }
  const named = second === undefined ? { name: first, in: system } : { name: second, in: first }
  const found = findEdge(await loadSystems(named.in), named.name)
  return [{ system: found.system, provider: found.edge.provider, edges: [found.edge] }]
}
