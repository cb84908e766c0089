import { z } from 'zod'
import { contract } from '#harness/contract/contract.ts'
import { http } from '#harness/contract/operation.ts'
import { Problem, problem } from '#harness/contract/problem.ts'
import { token } from './auth/schemes.ts'
import { callerStates } from './caller-states.ts'
import {
  data,
  GithubUsername,
  Id,
  LogEntry,
  LogLevel,
  NewTask,
  page,
  pageQuery,
  PullRequestUrl,
  SwarmType,
  Task,
  TodoKind,
  Verdict,
} from './shapes.ts'

export const containerName = 'prometheus-container'

const task = { task_id: Id }
const refusals = { 401: Problem, 403: Problem, 422: Problem } as const
const onTask = { ...refusals, 404: Problem } as const

export const container = contract(containerName, {
  errors: problem,
  states: {
    ...callerStates,
    /** A task that the container works on, and goes on to do so. */
    taskRunning: NewTask.partial({ job_id: true, description: true, repository: true }).extend({ task_id: Id }),
    /** A task that is done: its pull request is open. */
    taskSucceeded: z.object({ task_id: Id, todo_id: Id, title: z.string(), pull_request_url: PullRequestUrl }),
    /** A task that the container gave up. */
    taskFailed: z.object({ task_id: Id, todo_id: Id, kind: TodoKind, error: z.string() }),
    /** The container has exactly these lines of a task, oldest first. */
    logsExist: z.object({
      task_id: Id,
      entries: z.array(z.object({ level: LogLevel, message: z.string() })),
    }),
    /** Its agent approves what it is shown, or does not. */
    agentJudges: Verdict,
  },
  operations: {
    startTask: http.put('/api/tasks/{task_id}', {
      summary: 'Have a todo planned or worked on; the outcome comes to the node. The same task again changes nothing.',
      auth: token,
      params: task,
      body: NewTask,
      replies: { 200: data(Task), 202: data(Task), ...refusals, 409: Problem },
    }),
    getTask: http.get('/api/tasks/{task_id}', {
      auth: token,
      params: task,
      replies: { 200: data(Task), ...onTask },
    }),
    getSubmission: http.get('/api/tasks/{task_id}/submission', {
      summary: 'The pull request that a task opened; 404 where there is none.',
      auth: token,
      params: task,
      replies: {
        200: data(z.object({ task_id: Id, pull_request_url: PullRequestUrl, github_username: GithubUsername })),
        ...onTask,
      },
    }),
    audit: http.post('/api/audits', {
      summary: "Let the agent judge somebody's pull request.",
      auth: token,
      body: z.object({
        todo_id: Id,
        round: z.int().min(0),
        pull_request_url: PullRequestUrl,
        github_username: GithubUsername,
      }),
      replies: { 200: data(Verdict), ...refusals },
    }),
    listLogs: http.get('/api/logs', {
      summary: 'Lines of a task, oldest first.',
      auth: token,
      query: { ...pageQuery, task_id: Id },
      replies: { 200: page(LogEntry), ...refusals },
    }),
    listModels: http.get('/api/models', {
      summary: 'Models that agents can use.',
      auth: token,
      replies: { 200: z.object({ data: z.array(z.object({ name: z.string(), provider: z.string() })) }), ...refusals },
    }),
    listSwarmTypes: http.get('/api/swarm-types', {
      auth: token,
      replies: { 200: z.object({ data: z.array(SwarmType) }), ...refusals },
    }),
    health: http.get('/health', {
      summary: 'That it serves, and how many tasks it works on.',
      replies: { 200: z.object({ status: z.enum(['healthy']), running_tasks: z.int().min(0) }) },
    }),
  },
})
