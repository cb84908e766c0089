import type { WorkerApi } from '#consumers/prometheus/node-worker/api.ts'
import { giveToContainer } from '../shared/work/give-to-container.ts'
import type { Duties } from '../shared/work/workshop.ts'
import type { WorkerClaim, WorkerReport } from './worker-task.ts'

/** What a worker does: the container does the work, the worker submits the pull request that comes of it. */
export function workerDuties(
  { coordinator, container }: WorkerApi,
  githubUsername: string,
): Duties<WorkerClaim, WorkerReport> {
  return {
    claims: [coordinator.claimWork],
    begin: (claim, options) => giveToContainer(container, claim, options),
    async collect({ claimId }, options) {
      const found = await container.pullRequest(claimId, options)
      return found && { kind: 'pull-request', pullRequestUrl: found.pullRequestUrl }
    },
    async forward(claim, { pullRequestUrl }, options) {
      const put = await coordinator.putPullRequest(claim, pullRequestUrl, options)
      if (put.kind !== 'done') return put
      return coordinator.submit(claim, { round: claim.attempts, pullRequestUrl, githubUsername }, options)
    },
  }
}
