import type { Logger } from 'pino'
import type { ClaimedWork } from '#consumers/prometheus/shared/claimed-work.ts'
import type { ContainerTasks } from '#consumers/prometheus/shared/container-tasks.ts'
import type { UnderClaim } from '#consumers/prometheus/shared/under-claim.ts'
import type { CallOptions } from '#harness/client/options.ts'
import type { Bells } from '../tasks/bells.ts'
import type { TaskFiles } from '../tasks/task-files.ts'
import type { AnyReport, Claim, Stage, Task } from '../tasks/task.ts'
import type { Clock } from './clock.ts'
import type { Reach } from './reach.ts'

/** What a kind of node does: the rest is the same for all. Each function may throw; it is called again later then. */
export type Duties<C extends Claim, R extends AnyReport> = Readonly<{
  /** What it claims, asked for in turn. */
  claims: readonly ((options?: CallOptions) => Promise<C | undefined>)[]
  /** Has a claimed task done; gives how far it is then. */
  begin: (claim: C, options: CallOptions) => Promise<Stage<R>>
  /** Fetches the outcome of a task that the container did and did not report; undefined where it cannot be had. */
  collect: (claim: C, options: CallOptions) => Promise<R | undefined>
  /** Brings an outcome to the coordinator. */
  forward: (claim: C, report: R, options: CallOptions) => Promise<UnderClaim<unknown>>
}>

/** What a node works with. */
export type Workshop<C extends Claim, R extends AnyReport> = Readonly<{
  tasks: TaskFiles<Task<C, R>>
  bells: Bells
  duties: Duties<C, R>
  coordinator: ClaimedWork
  /** Whether the coordinator answers. */
  reach: Reach
  container: ContainerTasks
  clock: Clock
  log: Logger
  /** The longest pause between two tries, and between two questions for something to do. */
  pollMs: number
}>
