import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import type { AnyContract } from '#harness/contract/contract.ts'
import type { System } from '#harness/contract/system.ts'
import { closureOver, type Closure } from '#harness/impact/closure.ts'
import { contractModules } from '#harness/impact/contract-modules.ts'
import { describeSystem } from '#harness/impact/description/describe.ts'
import type { SystemDescription } from '#harness/impact/description/description.ts'
import type { EdgeInputs, Role } from '#harness/impact/edge-inputs.ts'
import { filesIn, isUnitTest } from '#harness/impact/project-files.ts'
import { InvalidPact, readPact, type PactFile } from '#harness/pact/file/pact-file.ts'
import { operationOf } from '#harness/pact/replay/operation-of.ts'
import { paths, projectRoot } from '#harness/project/paths.ts'
import { loadSchemaNames } from '#harness/spec/load-schema-names.ts'
import { digestOf, digestOfFiles } from './digest.ts'
import type { LedgerEntry } from './ledger.ts'
import { meaningOf } from './meaning.ts'

/** What a proof of an edge has to say about what there is now; undefined where its pact cannot be read. */
export type CurrentProof = (inputs: EdgeInputs) => Promise<LedgerEntry | undefined>

/** Reads what proofs of the edges of a system are about. Contracts count by what they mean, all else by its text. */
export async function currentProofs(system: System): Promise<CurrentProof> {
  const description = describeSystem(system, await loadSchemaNames(system.name))
  const closure = closureOver(projectRoot)
  const known: Known = {
    system,
    description,
    closure,
    contracts: closure([...(await contractModules(system)).values()].flat()),
  }
  return (inputs) => currentProof(inputs, known)
}

type Known = Readonly<{
  system: System
  description: SystemDescription
  closure: Closure
  /** The modules of the contracts: what they mean is a digest of its own. */
  contracts: ReadonlySet<string>
}>

async function currentProof(inputs: EdgeInputs, known: Known): Promise<LedgerEntry | undefined> {
  const { system, edge } = inputs
  const file = paths.pact(system.name, edge)
  const contract = system.components[edge.provider]?.contract
  const description = known.description.components[edge.provider]
  if (!contract || !description || !existsSync(file)) return undefined
  const [text, pact] = [await readFile(file, 'utf8'), await pactIn(file)]
  if (!pact) return undefined
  return {
    pact: digestOf(text),
    contract: meaningOf(description, usedBy(pact, contract)),
    recorded: recordedBy(pact, inputs, known),
    replayed: {
      live: digestOfFiles([...partFiles(inputs, 'live', known), ...programFiles(inputs)]),
      mock: digestOfFiles(partFiles(inputs, 'mock', known)),
    },
  }
}

async function pactIn(file: string): Promise<PactFile | undefined> {
  try {
    return await readPact(file)
  } catch (error) {
    if (error instanceof InvalidPact) return undefined
    throw error
  }
}

function usedBy(pact: PactFile, contract: AnyContract): { operations: readonly string[]; states: readonly string[] } {
  return {
    operations: pact.interactions.flatMap((interaction) => operationOf(contract, interaction) ?? []),
    states: pact.interactions.flatMap(({ providerStates = [] }) => providerStates.map(({ name }) => name)),
  }
}

function recordedBy(pact: PactFile, { system, edge }: EdgeInputs, known: Known): LedgerEntry['recorded'] {
  const byTest = Map.groupBy(pact.interactions, ({ comments }) => comments?.testname ?? '')
  const folder = `consumers/${system.name}/${edge.consumer}`
  const others = otherLanguages(folder)
  const clients = others.length > 0 ? filesIn(projectRoot, `clients/${system.name}`) : []
  return Object.fromEntries(
    [...byTest].map(([test, interactions]) => {
      const own = [...known.closure([test]).difference(known.contracts), ...others, ...clients]
      return [
        test,
        { consumer: digestOfFiles(own), interactions: interactions.map(({ description }) => description).toSorted() },
      ]
    }),
  )
}

function partFiles({ parts }: EdgeInputs, role: Role, { contracts }: Known): readonly string[] {
  return parts
    .filter((part) => part.role === role)
    .flatMap(({ files, folder }) => [
      ...files,
      ...(folder === undefined ? [] : filesIn(projectRoot, folder).filter((file) => !isUnitTest(file))),
    ])
    .filter((file) => !contracts.has(file))
}

/** A live service that is started by a command of its own may use anything of its component, and generated clients. */
function programFiles({ system, edge: { provider } }: EdgeInputs): readonly string[] {
  if (system.components[provider]?.command === undefined) return []
  return [...otherLanguages(`consumers/${system.name}/${provider}`), ...filesIn(projectRoot, `clients/${system.name}`)]
}

/** What of a folder is no TypeScript and no test: programs in other languages, and what they read. */
function otherLanguages(folder: string): readonly string[] {
  return filesIn(projectRoot, folder).filter((file) => !/\.tsx?$/.test(file) && !isUnitTest(file))
}
