import { worker } from '#contracts/prometheus/node.ts'
import type { WorkerApi } from '#consumers/prometheus/node-worker/api.ts'
import { reply } from '#harness/contract/reply.ts'
import { callbackHandlers, reportTaker } from '../shared/callbacks/callback-handlers.ts'
import { openNode, type NodeTools, type OpenNode } from '../shared/open-node.ts'
import { workerDuties } from './duties.ts'
import { workerTask } from './worker-task.ts'

/**
 * Puts the worker together.
 * @throws CannotStart where tasks cannot be kept in its directory.
 */
export function openWorker(api: WorkerApi, tools: NodeTools): Promise<OpenNode> {
  return openNode(
    {
      contract: worker,
      schema: workerTask,
      handlers: (parts) => ({
        ...callbackHandlers(parts),
        async reportPullRequest({ params: { task_id }, body: { pull_request_url } }) {
          await reportTaker(parts)(task_id, { kind: 'pull-request', pullRequestUrl: pull_request_url })
          return reply(204)
        },
      }),
      duties: workerDuties(api, tools.githubUsername),
      ...api,
    },
    tools,
  )
}
