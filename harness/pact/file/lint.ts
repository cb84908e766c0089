import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { AnyContract } from '#harness/contract/contract.ts'
import type { Finding } from '#harness/contract/finding.ts'
import { operationOf } from '../replay/operation-of.ts'
import { sourceDigest } from './merge.ts'
import type { PactFile } from './pact-file.ts'
import { secretsIn } from './secrets.ts'

/**
 * What is wrong with a pact before anything is started: no interaction, operations or states that the contract does not
 * have, secrets, and consumer tests that were changed or removed after it was recorded.
 */
export async function lintPact(pact: PactFile, contract: AnyContract, root: string): Promise<readonly Finding[]> {
  return [...empty(pact), ...undeclared(pact, contract), ...secretsIn(pact), ...(await stale(pact, root))]
}

function edgeOf(pact: PactFile): string {
  return `${pact.consumer.name} -> ${pact.provider.name}`
}

function empty(pact: PactFile): Finding[] {
  if (pact.interactions.length > 0) return []
  return [
    {
      code: 'nothing-to-replay',
      severity: 'error',
      edge: edgeOf(pact),
      message: 'The pact has no interaction, so replaying it proves nothing.',
      fix: 'Record what the consumer uses, or remove the edge.',
    },
  ]
}

function undeclared(pact: PactFile, contract: AnyContract): Finding[] {
  return pact.interactions.flatMap((interaction) => {
    const base = { severity: 'error' as const, edge: edgeOf(pact), interaction: interaction.description }
    const states = (interaction.providerStates ?? []).filter(({ name }) => !(name in contract.stateDefinitions))
    return [
      ...(operationOf(contract, interaction) === undefined
        ? [
            {
              ...base,
              code: 'operation-undeclared' as const,
              message: `${contract.name} has no such operation.`,
              fix: 'Declare it, or stop calling it.',
            },
          ]
        : []),
      ...states.map(({ name }) => ({
        ...base,
        code: 'state-undeclared' as const,
        message: `${contract.name} has no state "${name}".`,
        fix: 'Declare it, or use one that is declared.',
      })),
    ]
  })
}

async function stale(pact: PactFile, root: string): Promise<Finding[]> {
  const sources = Object.entries(pact.metadata.concordat?.sources ?? {})
  const changed = await Promise.all(
    sources.map(async ([file, digest]) => ((await isSame(join(root, file), digest)) ? [] : [file])),
  )
  return changed.flat().map((file) => ({
    code: 'pact-stale' as const,
    severity: 'error' as const,
    edge: edgeOf(pact),
    path: file,
    message: 'The consumer test was changed or removed after its pact was recorded.',
    fix: 'Run `npm run concordat -- record` and commit the pact.',
  }))
}

async function isSame(file: string, digest: string): Promise<boolean> {
  return existsSync(file) && (await sourceDigest(file)) === digest
}
