import { z } from 'zod'
import { Pagination } from '#harness/contract/page.ts'
import { secret } from '#harness/contract/schema.ts'

export const Timestamp = z.iso.datetime()
export const Id = z.uuid()

/** The one envelope of this system: what was asked for is in `data`; a refusal is in `error` (see `problem`). */
export function data<const S extends z.ZodType>(schema: S): z.ZodObject<{ data: S }> {
  return z.object({ data: schema })
}

/** A list, page by page. */
export function page<const S extends z.ZodType>(
  item: S,
): z.ZodObject<{ data: z.ZodArray<S>; pagination: typeof Pagination }> {
  return z.object({ data: z.array(item), pagination: Pagination })
}

export const pageQuery = {
  page: z.int().min(1).default(1),
  per_page: z.int().min(1).max(100).default(20),
}

/** Of 0 to 1. */
export const Progress = z.number().min(0).max(1)
export const Metadata = z.record(z.string(), z.string())

export const swarmTypes = ['SequentialWorkflow', 'ConcurrentWorkflow', 'HierarchicalSwarm', 'MajorityVoting'] as const
export const SwarmType = z.enum(swarmTypes)

export const Agent = z.object({
  agent_name: z.string().min(1).max(100),
  description: z.string(),
  model_name: z.string().min(1),
  max_tokens: z.int().min(1),
  temperature: z.number().min(0).max(2).optional(),
  top_p: z.number().min(0).max(1).optional(),
  system_prompt: z.string().optional(),
})

export const Schedule = z.object({
  type: z.enum(['sequential', 'parallel']),
  max_parallel: z.int().min(1).optional(),
})

export const SwarmSpec = z.object({
  name: z.string().min(1).max(100),
  description: z.string(),
  agents: z.array(Agent).min(1),
  max_loops: z.int().min(1),
  swarm_type: SwarmType,
  /** What is to be done, one step per line. */
  task: z.string().min(1),
  schedule: Schedule.optional(),
})

export const Repository = z.object({
  owner: z.string().regex(/^[A-Za-z0-9-]{1,39}$/),
  name: z.string().regex(/^[A-Za-z0-9._-]{1,100}$/),
})

export const JobStatus = z.enum(['pending', 'in_progress', 'completed', 'failed', 'cancelled'])

export const NewJob = z.object({ swarm_spec: SwarmSpec, repository: Repository, metadata: Metadata.optional() })

export const Job = z.object({
  job_id: Id,
  status: JobStatus,
  progress: Progress,
  swarm_spec: SwarmSpec,
  repository: Repository,
  metadata: Metadata,
  error: z.string().nullable(),
  created_at: Timestamp,
  updated_at: Timestamp,
})

/** What an owner may set a job to: the rest follows from its todos. */
export const JobChange = z.object({ status: z.enum(['cancelled', 'failed']), error: z.string().optional() })

export const TodoKind = z.enum(['plan', 'work'])
export const TodoStatus = z.enum(['queued', 'claimed', 'in_progress', 'submitted', 'done', 'failed'])
export const PullRequestUrl = z.url({ protocol: /^https$/ })

export const Todo = z.object({
  todo_id: Id,
  job_id: Id,
  kind: TodoKind,
  title: z.string(),
  description: z.string(),
  repository: Repository,
  status: TodoStatus,
  /** How often it was claimed. */
  attempts: z.int().min(0),
  pull_request_url: PullRequestUrl.nullable(),
  created_at: Timestamp,
  updated_at: Timestamp,
})

export const PlannedTodo = z.object({ title: z.string().min(1).max(200), description: z.string() })
export const Plan = z.array(PlannedTodo).min(1).max(100)

export const GithubUsername = z.string().regex(/^[A-Za-z0-9-]{1,39}$/)

export const Submission = z.object({
  todo_id: Id,
  round: z.int().min(0),
  pull_request_url: PullRequestUrl,
  github_username: GithubUsername,
  /** The key of the node that submitted, in base58. */
  staking_key: z.string().regex(/^[1-9A-HJ-NP-Za-km-z]{32,44}$/),
  submitted_at: Timestamp,
})

export const ClaimKind = z.enum(['plan', 'work', 'audit'])

/** The right to do a todo until the lease is over. */
export const Claim = z.object({
  claim_id: Id,
  kind: ClaimKind,
  todo: Todo,
  /** What is to be audited; null for other kinds. */
  submission: Submission.nullable(),
  lease_expires_at: Timestamp,
})

export const Verdict = z.object({ approved: z.boolean(), reason: z.string() })

export const NewTodoResult = z.object({ claim_id: Id, output: z.string(), metadata: Metadata.optional() })
export const TodoResult = z.object({ todo_id: Id, output: z.string(), metadata: Metadata, stored_at: Timestamp })
export const JobResult = z.object({ job_id: Id, results: z.array(TodoResult), completed_at: Timestamp })

export const LogLevel = z.enum(['debug', 'info', 'warning', 'error'])
export const LogEntry = z.object({ task_id: Id, level: LogLevel, message: z.string().max(2000), timestamp: Timestamp })

export const Health = z.enum(['healthy', 'unhealthy'])

/** A claimed todo as a container works on it. The task's id is the claim's: a todo that is tried again is another task. */
export const NewTask = z.object({
  kind: TodoKind,
  todo_id: Id,
  job_id: Id,
  title: z.string(),
  description: z.string(),
  repository: Repository,
})
export const TaskStatus = z.enum(['running', 'succeeded', 'failed'])
export const Task = z.object({
  task_id: Id,
  todo_id: Id,
  kind: TodoKind,
  status: TaskStatus,
  error: z.string().nullable(),
  started_at: Timestamp,
})

/** Who calls, by its token. */
export const CallerRole = z.enum(['owner', 'node', 'container'])
export const Token = secret(z.string())
/** The secret half of a node's key: 32 bytes in base58. */
export const PrivateKey = secret(z.string())
