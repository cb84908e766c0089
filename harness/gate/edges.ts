import { existsSync } from 'node:fs'
import { basename, relative } from 'node:path'
import type { AnyContract } from '#harness/contract/contract.ts'
import type { Finding } from '#harness/contract/finding.ts'
import { pactFileName, type Edge, type System } from '#harness/contract/system.ts'
import { lintPact } from '#harness/pact/file/lint.ts'
import { InvalidPact, readPact, type PactFile } from '#harness/pact/file/pact-file.ts'
import { operationOf } from '#harness/pact/replay/operation-of.ts'
import { paths, projectRoot } from '#harness/project/paths.ts'
import { edgeKey } from '#harness/project/selected-edges.ts'
import { participantName } from '#harness/project/systems.ts'
import { filesUnder } from './test-files.ts'

/** A declared edge, and what its pact says. */
export type EdgeEvidence = Readonly<{ system: string; edge: Edge; contract: AnyContract; pact: PactEvidence }>

export type PactEvidence =
  | Readonly<{ kind: 'missing' }>
  | Readonly<{ kind: 'invalid'; message: string }>
  | Readonly<{ kind: 'read'; interactions: readonly RecordedInteraction[]; findings: readonly Finding[] }>

export type RecordedInteraction = Readonly<{ description: string; operation: string | undefined }>

/** Those of the edges that are named, by key; all where none are. */
export function amongEdges(
  edges: readonly EdgeEvidence[],
  keys: ReadonlySet<string> | undefined,
): readonly EdgeEvidence[] {
  return keys ? edges.filter(({ system, edge }) => keys.has(edgeKey(system, edge))) : edges
}

/** Reads and lints the pact of every declared edge. */
export async function readEdges(systems: readonly System[]): Promise<readonly EdgeEvidence[]> {
  const found = systems.flatMap((system) =>
    system.edges.map(async (edge): Promise<EdgeEvidence[]> => {
      const contract = system.components[edge.provider]?.contract
      return contract ? [{ system: system.name, edge, contract, pact: await readEdge(system, edge, contract) }] : []
    }),
  )
  return (await Promise.all(found)).flat()
}

async function readEdge(system: System, edge: Edge, contract: AnyContract): Promise<PactEvidence> {
  const file = paths.pact(system.name, edge)
  if (!existsSync(file)) return { kind: 'missing' }
  try {
    const pact = await readPact(file)
    return {
      kind: 'read',
      interactions: pact.interactions.map((interaction) => ({
        description: interaction.description,
        operation: operationOf(contract, interaction),
      })),
      findings: [
        ...foreign(pact, { system: system.name, edge, contract }),
        ...(await lintPact(pact, contract, projectRoot)),
      ],
    }
  } catch (error) {
    if (error instanceof InvalidPact) return { kind: 'invalid', message: error.message }
    throw error
  }
}

/** A pact under the name of an edge that says inside that it belongs to another. */
function foreign(pact: PactFile, at: Pick<EdgeEvidence, 'system' | 'edge' | 'contract'>): readonly Finding[] {
  const named = `${pact.consumer.name} -> ${pact.provider.name}`
  if (named === participants(at)) return []
  return [
    {
      code: 'pact-unclaimed',
      severity: 'error',
      edge: participants(at),
      path: relative(projectRoot, paths.pact(at.system, at.edge)),
      message: `The pact belongs to ${named}, and lies where that of this edge does.`,
      fix: 'Record it again.',
    },
  ]
}

/** Pact files that no declared edge has. */
export async function strayPacts(systems: readonly System[]): Promise<readonly Finding[]> {
  const found = systems.map(async (system): Promise<Finding[]> => {
    const declared = new Set(system.edges.map(pactFileName))
    const files = await filesUnder(paths.pacts(system.name), '.json')
    return files
      .filter((file) => !declared.has(basename(file)))
      .map((file) => ({
        code: 'pact-unclaimed',
        severity: 'error',
        edge: system.name,
        path: relative(projectRoot, file),
        message: `${system.name} declares no edge that this pact belongs to.`,
        fix: `Declare the edge in contracts/${system.name}/system.ts, or remove the pact.`,
      }))
  })
  return (await Promise.all(found)).flat()
}

/** `workbench-frontend -> workbench-backend`: an edge by the names that its participants have outside their system. */
export function participants({ system, edge, contract }: Pick<EdgeEvidence, 'system' | 'edge' | 'contract'>): string {
  return `${participantName(system, edge.consumer)} -> ${contract.name}`
}
