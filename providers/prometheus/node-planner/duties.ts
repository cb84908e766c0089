import type { PlannerApi } from '#consumers/prometheus/node-planner/api.ts'
import type { ClaimRef } from '#consumers/prometheus/shared/claims.ts'
import type { UnderClaim } from '#consumers/prometheus/shared/under-claim.ts'
import type { CallOptions } from '#harness/client/options.ts'
import type { Stage } from '../shared/tasks/task.ts'
import { giveToContainer } from '../shared/work/give-to-container.ts'
import type { Duties } from '../shared/work/workshop.ts'
import type { PlannerClaim, PlannerReport } from './planner-task.ts'

/** What a planner does: the container plans and judges, the planner brings what comes of it to the coordinator. */
export function plannerDuties({ coordinator, container }: PlannerApi): Duties<PlannerClaim, PlannerReport> {
  return {
    claims: [
      coordinator.claimPlan,
      async (options) => {
        const audit = await coordinator.claimAudit(options)
        return audit && { ...audit, kind: 'audit' }
      },
    ],
    async begin(claim, options): Promise<Stage<PlannerReport>> {
      if (claim.kind !== 'audit') return giveToContainer(container, claim, options)
      const { todoId, submission } = claim
      const verdict = await container.audit({ todoId, ...submission }, options)
      return { at: 'reported', report: { kind: 'verdict', ...verdict } }
    },
    // Only the container knows the plan, and it tries to report it for as long as it can: nothing can be asked for.
    collect: () => Promise.resolve(undefined),
    forward: (claim, report, options) => forward(coordinator, { claim, report, options }),
  }
}

type Forwarded = Readonly<{ claim: ClaimRef; report: PlannerReport; options: CallOptions }>

function forward(
  coordinator: PlannerApi['coordinator'],
  { claim, report, options }: Forwarded,
): Promise<UnderClaim<unknown>> {
  switch (report.kind) {
    case 'plan':
      return coordinator.putPlan(claim, report.steps, options)
    case 'verdict':
      return coordinator.putVerdict(claim, { approved: report.approved, reason: report.reason }, options)
  }
}
