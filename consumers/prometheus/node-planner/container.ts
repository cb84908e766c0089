import type { CallOptions } from '#harness/client/options.ts'
import type { Submission } from '#consumers/prometheus/shared/claims.ts'
import type { ContainerClient } from '#consumers/prometheus/shared/container-client.ts'
import { containerTasksOf, type ContainerTasks } from '#consumers/prometheus/shared/container-tasks.ts'
import type { Verdict } from './coordinator.ts'

export type Model = Readonly<{ name: string; provider: string }>

/** What the planner asks of its container. */
export type PlannerContainer = ContainerTasks &
  Readonly<{
    /** Lets the agent judge a submission, which takes as long as the agent does. Never tried again by itself. */
    audit: (subject: Submission & Readonly<{ todoId: string }>, options?: CallOptions) => Promise<Verdict>
    /** Models that agents can use. */
    models: (options?: CallOptions) => Promise<readonly Model[]>
    /** How agents can work together. */
    swarmTypes: (options?: CallOptions) => Promise<readonly string[]>
  }>

/** `slowCalls` are for what an agent is asked while the caller waits. */
export function plannerContainerOf(calls: ContainerClient, slowCalls: ContainerClient): PlannerContainer {
  return {
    ...containerTasksOf(calls),
    async audit({ todoId, round, pullRequestUrl, githubUsername }, options) {
      const subject = { todo_id: todoId, round, pull_request_url: pullRequestUrl, github_username: githubUsername }
      const { body } = await slowCalls.audit({ body: subject }, options)
      return { approved: body.data.approved, reason: body.data.reason }
    },
    async models(options) {
      const { body } = await calls.listModels({}, options)
      return body.data.map(({ name, provider }) => ({ name, provider }))
    },
    async swarmTypes(options) {
      const { body } = await calls.listSwarmTypes({}, options)
      return body.data
    },
  }
}
