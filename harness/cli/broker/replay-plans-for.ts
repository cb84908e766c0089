import { runVersion } from '#harness/broker/client/run-version.ts'
import type { Finding } from '#harness/contract/finding.ts'
import { projectRoot } from '#harness/project/paths.ts'
import type { Found } from '../replay/find-component.ts'
import { readPlans, type Plan } from '../replay/plan.ts'
import type { Replayed } from '../replay/replay-plans.ts'
import { brokerPlans, explainPlans, type BrokerPlan } from './broker-plans.ts'
import { keepResults } from './keep-results.ts'
import type { ReplayFlags } from './replay-flags.ts'

/** What is replayed, why, and what becomes of its results. */
export type ReplayPlans = Readonly<{
  plans: readonly Plan[]
  findings: readonly Finding[]
  explained: readonly string[]
  /** Keeps results where the user asked for it. `counted` is what was replayed, with failures that do not count as warnings. */
  keep: (
    replayed: readonly Replayed[],
  ) => Promise<Readonly<{ counted: readonly Replayed[]; lines: readonly string[]; findings: readonly Finding[] }>>
}>

type Asked = Readonly<{ only: string | undefined; target: string; flags: ReplayFlags }>

/** Gets the pacts to replay: the project's own, or those that the broker wants to be verified. */
export async function plansFor(found: Found, { only, target, flags }: Asked): Promise<ReplayPlans> {
  const usesVersion = flags.publish === true || flags.results !== undefined || flags.from === 'broker'
  if (!usesVersion) {
    const nothing = { lines: [], findings: [] }
    return { ...(await readPlans(found, only)), explained: [], keep: async (counted) => ({ counted, ...nothing }) }
  }
  const run = await runVersion(projectRoot, { ...flags, buildUrl: flags['build-url'] })
  const isBroker = flags.from === 'broker'
  const read = isBroker ? await brokerPlans(found, run, flags['wip-since']) : await readPlans(found, only)
  const plans: readonly (Plan | BrokerPlan)[] = read.plans
  return {
    plans,
    findings: read.findings,
    explained: explainPlans(plans.filter((plan): plan is BrokerPlan => 'wanted' in plan)),
    async keep(replayed) {
      const kept =
        plans.length > 0 ? await keepResults({ plans, replayed, target, run, flags }) : { lines: [], findings: [] }
      return { ...kept, counted: replayed.map((one) => withoutPending(one, plans)) }
    },
  }
}

/** What differs in a pending pact is told, and does not break the build of the provider. */
function withoutPending(replayed: Replayed, plans: readonly (Plan | BrokerPlan)[]): Replayed {
  const plan = plans.find(({ pact }) => pact.interactions.some((interaction) => interaction === replayed.interaction))
  if (!plan || !('wanted' in plan) || !plan.wanted.pending) return replayed
  return {
    ...replayed,
    findings: replayed.findings.map((finding) =>
      finding.code === 'target-unreachable' ? finding : { ...finding, severity: 'warning' },
    ),
  }
}
