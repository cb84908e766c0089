import type { CallOptions } from '#harness/client/options.ts'
import type { ContainerClient } from '#consumers/prometheus/shared/container-client.ts'
import { containerTasksOf, type ContainerTasks } from '#consumers/prometheus/shared/container-tasks.ts'
import { ifFound } from '#consumers/prometheus/shared/refusal.ts'

export type PullRequest = Readonly<{ pullRequestUrl: string; githubUsername: string }>

/** What the worker asks of its container. */
export type WorkerContainer = ContainerTasks &
  Readonly<{
    /** The pull request that a task opened; undefined where there is none. */
    pullRequest: (taskId: string, options?: CallOptions) => Promise<PullRequest | undefined>
  }>

export function workerContainerOf(calls: ContainerClient): WorkerContainer {
  return {
    ...containerTasksOf(calls),
    async pullRequest(taskId, options) {
      const found = await ifFound(calls.getSubmission({ params: { task_id: taskId } }, options))
      if (!found) return undefined
      const { pull_request_url, github_username } = found.body.data
      return { pullRequestUrl: pull_request_url, githubUsername: github_username }
    },
  }
}
