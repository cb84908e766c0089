import { pactsToVerify, type PactToVerify } from '#harness/broker/client/pacts-to-verify.ts'
import type { RunVersion } from '#harness/broker/client/run-version.ts'
import { parsePact, type PactFile } from '#harness/pact/file/pact-file.ts'
import type { Found } from '../replay/find-component.ts'
import type { Plan, Plans } from '../replay/plan.ts'
import { withBroker } from './reach.ts'

/** What is replayed of what a broker has. */
export type BrokerPlan = Plan & Readonly<{ wanted: PactToVerify }>

/**
 * Reads the pacts that the broker wants a component to verify. None at all is a finding.
 * @throws InvalidPact where one is of a specification before V4, and as `withBroker`.
 */
export async function brokerPlans(
  { contract, component }: Found,
  { branch }: RunVersion,
  wipSince: string | undefined,
): Promise<Plans & { plans: readonly BrokerPlan[] }> {
  const provider = contract.name
  const wanted = await withBroker((client) => pactsToVerify(client, { provider, branch, wipSince }))
  const plans = wanted.map((one): BrokerPlan => {
    const pact = pactOf(one, provider)
    return { edge: { consumer: pact.consumer.name, provider: component }, pact, wanted: one }
  })
  if (plans.some(({ pact }) => pact.interactions.length > 0)) return { plans, findings: [] }
  return {
    plans: [],
    findings: [
      {
        code: 'nothing-to-replay',
        severity: 'error',
        edge: provider,
        message: `The broker has no pact for ${provider} on a main branch, deployed, released, or on a branch of this name.`,
        fix: 'Publish one, set the main branch of its consumer, or correct the name.',
      },
    ],
  }
}

/** A pact without what the broker put around it: the ids of interactions stay, by which results name them. */
function pactOf({ document, shortDescription }: PactToVerify, provider: string): PactFile {
  const { _links, createdAt: _at, ...pact } = document
  return parsePact(pact, `the pact for ${provider} (${shortDescription}) of the broker`)
}

/** Says of each pact why it is replayed, and whether a failure counts. */
export function explainPlans(plans: readonly BrokerPlan[]): readonly string[] {
  return plans.flatMap(({ pact, wanted }) => {
    const state = wanted.wip ? ', work in progress' : wanted.pending ? ', pending' : ''
    const means = wanted.pending
      ? `  Pending: no version of this branch verified it yet, so that a failure does not count. It may not be deployed before that.`
      : `  It was verified before: a failure counts.`
    return [`${pact.consumer.name} -> ${pact.provider.name}: ${wanted.shortDescription}${state}`, means]
  })
}
