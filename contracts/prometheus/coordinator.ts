import { z } from 'zod'
import { none } from '#harness/contract/content.ts'
import { contract } from '#harness/contract/contract.ts'

import { http } from '#harness/contract/operation.ts'
import { Problem, problem } from '#harness/contract/problem.ts'
import { noParams, state } from '#harness/contract/state.ts'
import { nodeSignature, token } from './auth/schemes.ts'
import { callerStates } from './caller-states.ts'
import {
  Claim,
  ClaimKind,
  data,
  GithubUsername,
  Health,
  Id,
  Job,
  JobChange,
  JobResult,
  JobStatus,
  LogEntry,
  NewJob,
  NewTodoResult,
  page,
  pageQuery,
  Plan,
  PrivateKey,
  Progress,
  PullRequestUrl,
  Submission,
  Todo,
  TodoKind,
  TodoResult,
  Verdict,
} from './shapes.ts'

/** Whom signed requests to the coordinator are for. */
export const coordinatorName = 'prometheus-coordinator'

const nodeKey = nodeSignature(coordinatorName)

const job = { job_id: Id }
const todo = { todo_id: Id }
const refusals = { 401: Problem, 403: Problem, 422: Problem } as const
const onTodo = { ...refusals, 404: Problem } as const
/** A claim that is not, or no longer, the caller's. */
const underClaim = { ...onTodo, 409: Problem } as const

export const coordinator = contract(coordinatorName, {
  errors: problem,
  states: {
    ...callerStates,
    /** A node whose key the coordinator knows. */
    nodeRegistered: state(z.object({ name: z.string() }), { provides: { private_key: PrivateKey } }),
    /** A node whose key it does not know. */
    nodeUnknown: state(z.object({ name: z.string() }), { provides: { private_key: PrivateKey } }),
    /** A job as it was created by this owner, its plan still to be made, unless it is said to have another status. */
    jobExists: z.object({ job_id: Id, owner: z.string(), name: z.string(), status: JobStatus.optional() }),
    /** The owner has exactly these jobs, oldest first. */
    jobsExist: z.object({ owner: z.string(), names: z.array(z.string()) }),
    /** A job that is completed, its todos done with these outputs. */
    jobCompleted: z.object({
      job_id: Id,
      owner: z.string(),
      results: z.array(z.object({ todo_id: Id, output: z.string(), metadata: z.record(z.string(), z.string()) })),
    }),
    /** Nobody has anything to do. */
    queueEmpty: noParams,
    /** A todo that waits to be claimed, and no other does. */
    todoQueued: z.object({ todo_id: Id, job_id: Id, kind: TodoKind, title: z.string() }),
    /** A todo that this node has claimed; its lease is running. */
    todoClaimed: z.object({ todo_id: Id, claim_id: Id, kind: TodoKind, title: z.string(), by: z.string() }),
    /** A todo that this node had claimed; its lease is over. */
    leaseExpired: z.object({ todo_id: Id, claim_id: Id, kind: TodoKind, by: z.string() }),
    /** A plan that this node has stored under this claim, its steps queued. */
    planStored: z.object({ todo_id: Id, claim_id: Id, by: z.string(), todos: Plan }),
    /** A todo that this node works on, its pull request set under this claim, which still holds. */
    pullRequestSet: z.object({ todo_id: Id, claim_id: Id, by: z.string(), pull_request_url: PullRequestUrl }),
    /** A todo that this node has submitted, under this claim if it is said; it waits for an audit, and nothing else does. */
    todoSubmitted: z.object({
      todo_id: Id,
      by: z.string(),
      round: z.int(),
      pull_request_url: PullRequestUrl,
      claim_id: Id.optional(),
      github_username: GithubUsername.optional(),
    }),
    /** A submitted todo whose audit this node has claimed. */
    auditClaimed: z.object({ todo_id: Id, claim_id: Id, by: z.string() }),
    /** A submitted todo that this node has audited under this claim. */
    auditStored: z.object({ todo_id: Id, claim_id: Id, by: z.string(), verdict: Verdict }),
    /** A claimed todo whose result is stored, by its claim. */
    todoResultStored: z.object({ todo_id: Id, claim_id: Id, output: z.string() }),
    /** The database does not answer. */
    storeDown: z.object({ store: z.enum(['database']) }),
    /** All stores answer. */
    allHealthy: noParams,
  },
  operations: {
    createJob: http.post('/api/swarm/jobs', {
      summary: 'Have a job done: it is planned first, then worked on, then audited.',
      auth: token,
      body: NewJob,
      replies: { 201: data(Job), ...refusals },
    }),
    listJobs: http.get('/api/swarm/jobs', {
      summary: 'Own jobs, newest first.',
      auth: token,
      query: { ...pageQuery, status: JobStatus.optional() },
      replies: { 200: page(Job), ...refusals },
    }),
    getJob: http.get('/api/swarm/jobs/{job_id}', {
      auth: token,
      params: job,
      replies: { 200: data(Job), ...onTodo },
    }),
    setJobStatus: http.put('/api/swarm/jobs/{job_id}/status', {
      summary: 'End a job: todos that wait are taken back, claims on it are lost.',
      auth: token,
      params: job,
      body: JobChange,
      replies: { 200: data(Job), ...onTodo, 409: Problem },
    }),
    listTodos: http.get('/api/swarm/jobs/{job_id}/todos', {
      summary: 'The todos of an own job, in the order of the plan, the plan first.',
      auth: token,
      params: job,
      query: pageQuery,
      replies: { 200: page(Todo), ...onTodo },
    }),
    getJobResult: http.get('/api/swarm/jobs/{job_id}/result', {
      summary: 'What came of a completed job; 404 as long as it is not.',
      auth: token,
      params: job,
      replies: { 200: data(JobResult), ...onTodo },
    }),
    claimTodo: http.post('/api/claims', {
      summary: 'Claim the oldest todo of a kind; 204 where there is none. No node audits what it submitted.',
      auth: nodeKey,
      body: z.object({ kind: ClaimKind }),
      replies: { 201: data(Claim), 204: none, ...refusals },
    }),
    reportStatus: http.put('/api/todos/{todo_id}/status', {
      summary:
        'Say how far a todo is, which renews the lease; or give it back: it is queued again, or failed in the end.',
      auth: nodeKey,
      params: todo,
      body: z.object({
        claim_id: Id,
        status: z.enum(['in_progress', 'failed']),
        progress: Progress,
        message: z.string().max(2000).optional(),
      }),
      replies: { 200: data(Claim), ...underClaim },
    }),
    putPlan: http.put('/api/todos/{todo_id}/plan', {
      summary: 'Store a plan: its steps become todos. The same plan again changes nothing.',
      auth: nodeKey,
      params: todo,
      body: z.object({ claim_id: Id, todos: Plan }),
      replies: { 200: z.object({ data: z.array(Todo) }), ...underClaim },
    }),
    putPullRequest: http.put('/api/todos/{todo_id}/pull-request', {
      auth: nodeKey,
      params: todo,
      body: z.object({ claim_id: Id, pull_request_url: PullRequestUrl }),
      replies: { 200: data(Todo), ...underClaim },
    }),
    putSubmission: http.put('/api/todos/{todo_id}/submission', {
      summary: 'Submit the pull request for an audit. The same submission again changes nothing.',
      auth: nodeKey,
      params: todo,
      body: z.object({
        claim_id: Id,
        round: z.int().min(0),
        pull_request_url: PullRequestUrl,
        github_username: GithubUsername,
      }),
      replies: { 200: data(Submission), ...underClaim },
    }),
    getSubmission: http.get('/api/todos/{todo_id}/submission', {
      summary: 'Check what was submitted; 404 where nothing was.',
      auth: nodeKey,
      params: todo,
      replies: { 200: data(Submission), ...onTodo },
    }),
    putAudit: http.put('/api/todos/{todo_id}/audit', {
      summary: 'Approve a submission, and the todo is done; or reject it, and the todo is queued again.',
      auth: nodeKey,
      params: todo,
      body: Verdict.extend({ claim_id: Id }),
      replies: { 200: data(Todo), ...underClaim },
    }),
    putTodoResult: http.put('/api/todos/{todo_id}/result', {
      summary:
        'Store what a container made under a claim. The same result again changes nothing, another one is refused.',
      auth: token,
      params: todo,
      body: NewTodoResult,
      replies: { 200: data(TodoResult), 201: data(TodoResult), ...onTodo, 409: Problem },
    }),
    addLogs: http.post('/api/logs', {
      summary: 'Keep lines of a container.',
      auth: token,
      body: z.object({ entries: z.array(LogEntry).min(1).max(500) }),
      replies: { 202: z.object({ data: z.object({ accepted: z.int() }) }), ...refusals },
    }),
    health: http.get('/health', {
      summary: 'Whether the database answers; 503 where it does not.',
      replies: { 200: z.object({ database: Health }), 503: z.object({ database: Health }) },
    }),
  },
})
