import type { Edge, System } from '#harness/contract/system.ts'
import { UsageError } from '#harness/project/usage-error.ts'
import { didYouMean } from '../nearest.ts'

/** An edge, with the system that declares it. */
export type SystemEdge = Readonly<{ system: System; edge: Edge }>

/**
 * The edges that go by a name (`frontend--backend`), one in each system that has it.
 * @throws UsageError with the nearest name where there is none.
 */
export function findEdges(systems: readonly System[], name: string): readonly SystemEdge[] {
  const all = systems.flatMap((system) => system.edges.map((edge) => ({ system, edge })))
  const named = all.filter(({ edge }) => shortName(edge) === name)
  if (named.length > 0) return named
  const names = all.map(({ edge }) => shortName(edge))
  throw new UsageError(`there is no edge "${name}".${didYouMean(name, names)} Name one of ${names.join(', ')}.`)
}

/**
 * The one edge that goes by a name.
 * @throws UsageError where there is none, or several systems have it.
 */
export function findEdge(systems: readonly System[], name: string): SystemEdge {
  const [found, ...others] = findEdges(systems, name)
  if (found && others.length === 0) return found
  const names = [found, ...others].map((one) => one?.system.name).join(' and ')
  throw new UsageError(`${names} both have an edge "${name}". Name one of them with --system.`)
}

function shortName({ consumer, provider }: Edge): string {
  return `${consumer}--${provider}`
}
