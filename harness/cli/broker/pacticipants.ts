import type { KnownEdge } from '#harness/broker/client/deploy-verdict.ts'
import type { Edge, System } from '#harness/contract/system.ts'
import { loadSystem, loadSystems, participantName, systemNames } from '#harness/project/systems.ts'
import { UsageError } from '#harness/project/usage-error.ts'
import { didYouMean } from '../nearest.ts'

/**
 * The name that a component has in pacts: `<system>/<component>` is looked up, anything else is taken as the name itself.
 * @throws UsageError where there is no such component.
 */
export async function pacticipantNamed(text: string): Promise<string> {
  const [system = '', component, ...rest] = text.split('/')
  if (component === undefined) return text
  const names = await systemNames()
  const known = names.includes(system) ? Object.keys((await loadSystem(system)).components) : []
  if (rest.length === 0 && known.includes(component)) return participantName(system, component)
  const all = (await Promise.all(names.map(componentsOf))).flat()
  throw new UsageError(`"${text}" is no component.${didYouMean(text, all)} Name one of ${all.join(', ')}.`)
}

async function componentsOf(name: string): Promise<readonly string[]> {
  return Object.keys((await loadSystem(name)).components).map((component) => `${name}/${component}`)
}

/** The edges that a project declares, by the names that pacts have. */
export async function knownEdges(): Promise<readonly KnownEdge[]> {
  return (await loadSystems()).flatMap((system) => system.edges.map((edge) => namesOf(system, edge)))
}

function namesOf(system: System, { consumer, provider }: Edge): KnownEdge {
  return {
    consumer: participantName(system.name, consumer),
    provider: system.components[provider]?.contract?.name ?? participantName(system.name, provider),
  }
}
