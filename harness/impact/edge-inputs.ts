import { edgesFrom, pactFileName, type Edge, type System } from '#harness/contract/system.ts'
import { projectRoot } from '#harness/project/paths.ts'
import { closureOver, type Closure } from './closure.ts'
import { contractModules } from './contract-modules.ts'
import { codeIn, filesIn } from './project-files.ts'
import { recordingsOf } from './recordings.ts'

/** What an edge depends on, by what it is to the edge. */
export type EdgeInputs = Readonly<{
  system: System
  edge: Edge
  /** The tests that record it. */
  recordings: readonly string[]
  parts: readonly Part[]
}>

export type Part = Readonly<{
  role: Role
  /** Relative to the project, with `/`. */
  files: ReadonlySet<string>
  /** Whatever lies under it belongs to the part, but for unit tests; ends with `/`. */
  folder?: string
}>

export type Role = 'declaration' | 'contract' | 'recording' | 'live' | 'mock' | 'peer' | 'pact'

/** The edges of a system, each with what it depends on. */
export async function edgeInputs(system: System): Promise<readonly EdgeInputs[]> {
  const closure = closureOver(projectRoot)
  const contracts = await contractModules(system)
  const parts = memoized((provider: string) => providerParts({ system, closure }, provider))
  const declaration: Part = { role: 'declaration', files: declarationFiles(system, closure, contracts) }
  return Promise.all(
    system.edges.map(async (edge) => {
      const recordings = await recordingsOf(edge, { system, closure, contracts })
      return {
        system,
        edge,
        recordings,
        parts: [
          declaration,
          { role: 'contract', files: closure(contracts.get(edge.provider) ?? []) },
          { role: 'recording', files: closure(recordings) },
          ...parts(edge.provider),
          { role: 'pact', files: new Set([`pacts/${system.name}/${pactFileName(edge)}`]) },
        ],
      }
    }),
  )
}

/** The declaration of a system, and what it needs beside the contracts: ports, variables and their defaults are for all. */
function declarationFiles(
  system: System,
  closure: Closure,
  contracts: ReadonlyMap<string, readonly string[]>,
): ReadonlySet<string> {
  return closure([`contracts/${system.name}/system.ts`]).difference(closure([...contracts.values()].flat()))
}

type Known = Readonly<{ system: System; closure: Closure }>

/** What runs when an edge to this provider is replayed: the provider, its mock, and mocks of those that it calls. */
function providerParts({ system, closure }: Known, provider: string): readonly Part[] {
  const live = `providers/${system.name}/${provider}/`
  const mock = `mocks/${system.name}/${provider}/`
  const peers = new Set(edgesFrom(system, provider).map((edge) => edge.provider))
  return [
    { role: 'live', files: closure(codeIn(projectRoot, live)), folder: live },
    { role: 'mock', files: closure([...mockFiles(system, provider), ...codeIn(projectRoot, mock)]), folder: mock },
    { role: 'peer', files: closure([...peers].flatMap((peer) => mockFiles(system, peer))) },
  ]
}

/** The mock of a component, and the test that replays on it. */
function mockFiles(system: System, component: string): readonly string[] {
  const names = [`${component}.mock.ts`, `${component}.replay.test.ts`].map((name) => `mocks/${system.name}/${name}`)
  const there = new Set(filesIn(projectRoot, `mocks/${system.name}`))
  return names.filter((name) => there.has(name))
}

function memoized<T>(make: (key: string) => T): (key: string) => T {
  const made = new Map<string, T>()
  return (key) => {
    const value = made.get(key) ?? make(key)
    made.set(key, value)
    return value
  }
}
