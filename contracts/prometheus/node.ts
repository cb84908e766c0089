import { z } from 'zod'
import { none } from '#harness/contract/content.ts'
import { contract } from '#harness/contract/contract.ts'
import { http } from '#harness/contract/operation.ts'
import { Problem, problem } from '#harness/contract/problem.ts'
import { token } from './auth/schemes.ts'
import { callerStates } from './caller-states.ts'
import { data, Id, Plan, PullRequestUrl } from './shapes.ts'

export const plannerName = 'prometheus-node-planner'
export const workerName = 'prometheus-node-worker'

const task = { task_id: Id }
const refusals = { 401: Problem, 403: Problem, 404: Problem, 422: Problem } as const

const states = {
  ...callerStates,
  /** The node has given this task to its container and waits for the outcome. */
  taskAwaited: z.object({ task_id: Id }),
  /** The node has given this task up: its lease is over. */
  taskAbandoned: z.object({ task_id: Id }),
  /** The container has reported this failure of a task. */
  failureReported: z.object({ task_id: Id, message: z.string() }),
}

/** What every node takes from its container. */
const callbacks = {
  getTask: http.get('/api/tasks/{task_id}', {
    summary: 'Whether the node still waits for the outcome of a task.',
    auth: token,
    params: task,
    replies: {
      200: data(z.object({ task_id: Id, status: z.enum(['awaited', 'reported', 'abandoned']) })),
      ...refusals,
    },
  }),
  reportFailure: http.put('/api/tasks/{task_id}/failure', {
    summary: 'The container could not do the task. The same report again changes nothing.',
    auth: token,
    params: task,
    body: z.object({ message: z.string().max(2000) }),
    replies: { 204: none, ...refusals, 409: Problem },
  }),
  health: http.get('/health', {
    summary: 'That it serves, and whether it reaches the coordinator.',
    replies: { 200: z.object({ status: z.enum(['healthy']), coordinator: z.enum(['reached', 'unreached']) }) },
  }),
} as const

export const planner = contract(plannerName, {
  errors: problem,
  states: {
    ...states,
    /** The container has reported this plan. */
    planReported: z.object({ task_id: Id, todos: Plan }),
  },
  operations: {
    ...callbacks,
    reportPlan: http.put('/api/tasks/{task_id}/plan', {
      summary: 'The steps of a plan, in order. The same report again changes nothing.',
      auth: token,
      params: task,
      body: z.object({ todos: Plan }),
      replies: { 204: none, ...refusals, 409: Problem },
    }),
  },
})

export const worker = contract(workerName, {
  errors: problem,
  states: {
    ...states,
    /** The container has reported this pull request. */
    pullRequestReported: z.object({ task_id: Id, pull_request_url: PullRequestUrl }),
  },
  operations: {
    ...callbacks,
    reportPullRequest: http.put('/api/tasks/{task_id}/pull-request', {
      summary: 'The pull request that does the task. The same report again changes nothing.',
      auth: token,
      params: task,
      body: z.object({ pull_request_url: PullRequestUrl }),
      replies: { 204: none, ...refusals, 409: Problem },
    }),
  },
})
