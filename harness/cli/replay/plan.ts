import type { Finding } from '#harness/contract/finding.ts'
import { edgesInto, pactFileName, type Edge } from '#harness/contract/system.ts'
import { lintPact } from '#harness/pact/file/lint.ts'
import { readPactIfAny, type PactFile } from '#harness/pact/file/pact-file.ts'
import { paths, projectRoot } from '#harness/project/paths.ts'
import { participantName } from '#harness/project/systems.ts'
import type { Found } from './find-component.ts'

/** What is replayed of one edge. */
export type Plan = Readonly<{ edge: Edge; pact: PactFile }>

/** What is replayed, and what is wrong already: a pact that is missing or fails its lint, a filter that left nothing. */
export type Plans = Readonly<{ plans: readonly Plan[]; findings: readonly Finding[] }>

/**
 * Reads the pacts of all edges that end at a component, and leaves of them what the filter names.
 * @throws InvalidPact where one cannot be read.
 */
export async function readPlans(found: Found, only: string | undefined): Promise<Plans> {
  const edges = edgesInto(found.system, found.component)
  const read = await Promise.all(edges.map((edge) => readPlan(found, edge, only)))
  const plans = read.flatMap((one) => one.plans)
  const findings = read.flatMap((one) => one.findings)
  if (plans.length > 0 || findings.length > 0) return { plans, findings }
  return { plans, findings: [nothing(found, only)] }
}

async function readPlan({ system, contract }: Found, edge: Edge, only: string | undefined): Promise<Plans> {
  const pact = await readPactIfAny(paths.pact(system.name, edge))
  if (!pact) {
    const missing: Finding = {
      code: 'pact-missing',
      severity: 'error',
      edge: `${participantName(system.name, edge.consumer)} -> ${contract.name}`,
      path: `pacts/${system.name}/${pactFileName(edge)}`,
      message: 'The edge is declared and has no pact.',
      fix: 'Record it with "npm run concordat -- record".',
    }
    return { plans: [], findings: [missing] }
  }
  const interactions = only === undefined ? pact.interactions : matching(pact, only)
  const chosen = new Set(interactions.map(({ description }) => description))
  const findings = (await lintPact(pact, contract, projectRoot)).filter(
    ({ interaction }) => interaction === undefined || chosen.has(interaction),
  )
  return { plans: interactions.length > 0 ? [{ edge, pact: { ...pact, interactions } }] : [], findings }
}

/** Interactions of exactly this description; where there is none, those that have these words in it. */
function matching({ interactions }: PactFile, only: string): PactFile['interactions'] {
  const exact = interactions.filter(({ description }) => description === only)
  if (exact.length > 0) return exact
  return interactions.filter(({ description }) => description.toLowerCase().includes(only.toLowerCase()))
}

function nothing({ system, component }: Found, only: string | undefined): Finding {
  const base = { code: 'nothing-to-replay', severity: 'error', edge: system.name } as const
  if (only === undefined)
    return {
      ...base,
      message: `No edge of ${system.name} ends at ${component}.`,
      fix: `Declare one in contracts/${system.name}/system.ts.`,
    }
  return {
    ...base,
    message: `No interaction is described with "${only}".`,
    fix: 'See all descriptions with --verbose and without --only.',
  }
}
