import { resolve } from 'node:path'
import type { BrokerClient, Document } from '#harness/broker/client/broker-client.ts'
import { publishResults, unpublishable, type PactResults } from '#harness/broker/client/publish-results.ts'
import { resultsRefused } from '#harness/broker/client/results-refused.ts'
import type { RunVersion } from '#harness/broker/client/run-version.ts'
import { writeResults } from '#harness/broker/ledger/write-results.ts'
import type { Finding } from '#harness/contract/finding.ts'
import type { Plan } from '../replay/plan.ts'
import type { Replayed } from '../replay/replay-plans.ts'
import type { BrokerPlan } from './broker-plans.ts'
import type { ReplayFlags } from './replay-flags.ts'
import { withBroker } from './reach.ts'

/** What was replayed, and what is to become of it. */
type Kept = Readonly<{
  plans: readonly (Plan | BrokerPlan)[]
  replayed: readonly Replayed[]
  target: string
  run: RunVersion
  flags: ReplayFlags
}>

/** Publishes and writes results where the user asked for it. Gives what it did in lines, and what kept it from it. */
export async function keepResults(
  kept: Kept,
): Promise<Readonly<{ lines: readonly string[]; findings: readonly Finding[] }>> {
  const lines: string[] = []
  const findings: Finding[] = []
  // What could not be reached has no result.
  if (kept.replayed.some((one) => one.findings.some(({ code }) => code === 'target-unreachable')))
    return { lines, findings }
  const { results: folder, publish } = kept.flags
  for (const plan of kept.plans) {
    const edge = `${plan.pact.consumer.name} -> ${plan.pact.provider.name}`
    const outcomes = outcomesOf(plan, kept.replayed)
    if (folder !== undefined) {
      const names = { consumer: plan.pact.consumer.name, provider: plan.pact.provider.name }
      const file = await writeResults(resolve(folder), {
        ...names,
        target: kept.target,
        providerVersion: kept.run.version,
        outcomes,
      })
      lines.push(`${edge}: results in ${file}`)
    }
    if (!publish) continue
    const refused = await publishPlan(kept.run, plan, outcomes)
    findings.push(...refused)
    if (refused.length === 0) lines.push(`${edge}: results published as version ${kept.run.version}`)
  }
  return { lines, findings }
}

function outcomesOf({ pact }: Plan, replayed: readonly Replayed[]): PactResults['outcomes'] {
  const own = new Set<unknown>(pact.interactions)
  return replayed.filter(({ interaction }) => own.has(interaction))
}

async function publishPlan(
  run: RunVersion,
  plan: Plan | BrokerPlan,
  outcomes: PactResults['outcomes'],
): Promise<readonly Finding[]> {
  const { consumer, provider } = plan.pact
  const edge = `${consumer.name} -> ${provider.name}`
  return withBroker(async (client) => {
    const document = 'wanted' in plan ? plan.wanted.document : await publishedPact(client, plan, run)
    if (!document) return resultsRefused(edge, [`the broker has no pact of ${consumer.name} version ${run.version}`])
    const problems = unpublishable({ document, outcomes })
    if (problems.length > 0) return resultsRefused(edge, problems)
    await publishResults(client, { document, outcomes }, { provider: provider.name, run })
    return []
  })
}

/** In one repository a consumer and its provider have the same version: the broker's pact of it is the one that was replayed. */
function publishedPact(client: BrokerClient, { pact }: Plan, { version }: RunVersion): Promise<Document | undefined> {
  const [provider, consumer, number] = [pact.provider.name, pact.consumer.name, version].map(encodeURIComponent)
  return client.find(`/pacts/provider/${provider}/consumer/${consumer}/version/${number}`)
}
