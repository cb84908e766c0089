import type { ClaimKind, Job, LogEntry, Submission, Todo, TodoResult } from './shapes.ts'

/** A job as it is kept: its progress follows from its todos. */
export type KeptJob = Readonly<Omit<Job, 'progress'> & { owner: string; completed_at: string | null }>

/** A claim as it is kept. Times in milliseconds since 1970. */
export type KeptClaim = Readonly<{
  claim_id: string
  kind: ClaimKind
  todo_id: string
  /** The name of the node that holds it. */
  node: string
  until: number
  hasEnded: boolean
  /** What was done under it: the content of each call that did its work, by operation. */
  done: Readonly<Record<string, string>>
  /** What was submitted under it, also once the submission was rejected. */
  submission?: Submission
}>

export type KeptResult = Readonly<{ claim_id: string; result: TodoResult }>

/** What the coordinator keeps. Maps are in the order in which things came. */
export type Board = Readonly<{
  jobs: Map<string, KeptJob>
  todos: Map<string, Todo>
  claims: Map<string, KeptClaim>
  submissions: Map<string, Submission>
  /** What counts for each todo. */
  results: Map<string, KeptResult>
  /** All that was stored, by claim: also what was replaced or rejected. */
  resultsByClaim: Map<string, TodoResult>
  logs: LogEntry[]
  /** Milliseconds since 1970. */
  now: () => number
  leaseMs: number
  maxAttempts: number
}>

export type Limits = Readonly<{ now: () => number; leaseMs: number; maxAttempts: number }>

/** Makes a board with nothing on it. */
export function makeBoard(limits: Limits): Board {
  return {
    jobs: new Map(),
    todos: new Map(),
    claims: new Map(),
    submissions: new Map(),
    results: new Map(),
    resultsByClaim: new Map(),
    logs: [],
    ...limits,
  }
}

/** Now, in ISO 8601. */
export function timestamp({ now }: Board): string {
  return new Date(now()).toISOString()
}
