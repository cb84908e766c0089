import { edgeName } from '#harness/contract/system.ts'
import type { EdgeInputs, Role } from './edge-inputs.ts'
import { placeOf, type Place } from './place-of.ts'
import { isUnitTest } from './project-files.ts'

/** A changed file, and what it is to whom it affects. */
export type Reason = Readonly<{ path: string; why: string }>

/** An edge, and why it has to run: for no reason where nothing that it depends on changed. */
export type EdgeReasons = Readonly<{ inputs: EdgeInputs; reasons: readonly Reason[] }>

const words: Readonly<Record<Role, string>> = {
  declaration: 'the declaration of the system',
  contract: 'the contract of its provider',
  recording: 'what records it',
  live: 'its live provider',
  mock: 'its mock',
  peer: 'the mock of what its provider calls',
  pact: 'its pact',
}

/**
 * Which edges may be affected by changed files, and why. A file of a system that no part of an edge is known to need counts
 * for all edges that it could belong to by its folder; one that nobody knows, for all.
 */
export function affectedEdges(changed: readonly string[], all: readonly EdgeInputs[]): readonly EdgeReasons[] {
  const systems = [...new Set(all.map(({ system }) => system.name))]
  const hits = changed.map((path) => hitsOf(path, placeOf(path, systems), all))
  return all.map((inputs) => ({ inputs, reasons: hits.flatMap((hit) => hit.get(inputs) ?? []) }))
}

type Hits = ReadonlyMap<EdgeInputs, Reason>

function hitsOf(path: string, place: Place, all: readonly EdgeInputs[]): Hits {
  const every = (edges: readonly EdgeInputs[], why: string): Hits => new Map(edges.map((one) => [one, { path, why }]))
  switch (place.kind) {
    case 'nothing':
      return new Map()
    case 'everything':
      return every(all, place.why)
    case 'system':
      return inSystem(path, place, { all, every })
    default:
      return place satisfies never
  }
}

type Among = Readonly<{
  all: readonly EdgeInputs[]
  every: (edges: readonly EdgeInputs[], why: string) => Hits
}>

function inSystem(path: string, place: Extract<Place, { kind: 'system' }>, { all, every }: Among): Hits {
  // What a system needs may lie in a folder of another one only by an import.
  const needing = new Map(
    all.flatMap((inputs): [EdgeInputs, Reason][] => {
      const roles = rolesOf(path, inputs)
      return roles.length > 0 ? [[inputs, { path, why: roles.map((role) => words[role]).join(', ') }]] : []
    }),
  )
  const own = all.filter(({ system }) => system.name === place.system)
  if (needing.size > 0 || place.folder === 'scenarios' || isUnitTest(path)) return needing
  const [component = ''] = place.rest.split('/')
  if (place.folder === 'consumers' && own.some(({ system }) => component in system.components)) {
    // A live process calls with the client of its own component.
    const ofComponent = own.filter(({ edge }) => edge.consumer === component || edge.provider === component)
    return every(ofComponent, `part of ${component}`)
  }
  return every(own, `part of ${place.system}`)
}

function rolesOf(path: string, { parts }: EdgeInputs): readonly Role[] {
  const needing = parts.filter(
    ({ files, folder }) => files.has(path) || (folder !== undefined && path.startsWith(folder) && !isUnitTest(path)),
  )
  return needing.map(({ role }) => role)
}

/** `shop/till -> stock`: an edge in words, in its system. */
export function wordsForEdge({ system, edge }: Pick<EdgeInputs, 'system' | 'edge'>): string {
  return `${system.name}/${edgeName(edge)}`
}
