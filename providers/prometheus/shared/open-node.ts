import type { z } from 'zod'
import type { Caller, TokenKey } from '#contracts/prometheus/auth/tokens.ts'
import type { ClaimedWork } from '#consumers/prometheus/shared/claimed-work.ts'
import type { ContainerTasks } from '#consumers/prometheus/shared/container-tasks.ts'
import type { OperationsOf, TypedContract } from '#harness/contract/contract.ts'
import { describeFinding } from '#harness/contract/finding.ts'
import { CannotStart } from '#harness/live-kit/cannot-start.ts'
import { withDeadline } from '#harness/live-kit/deadline.ts'
import type { Loggers } from '#harness/live-kit/log.ts'
import { reasonOf } from '#harness/live-kit/reason-of.ts'
import { traced } from '#harness/live-kit/traced.ts'
import type { Handlers } from '#harness/serve/handlers.ts'
import { serve } from '#harness/serve/serve.ts'
import type { Service } from '#harness/serve/service.ts'
import { containersOnly } from './callbacks/authenticate.ts'
import type { CallbackParts } from './callbacks/callback-handlers.ts'
import { makeBells } from './tasks/bells.ts'
import { openTaskFiles, type TaskFiles } from './tasks/task-files.ts'
import type { AnyReport, Claim, Task } from './tasks/task.ts'
import type { Clock } from './work/clock.ts'
import { makeReach } from './work/reach.ts'
import { work } from './work/work.ts'
import type { Duties } from './work/workshop.ts'

/** How long a claim that is being made may take when the node ends: one that is not on disk is lost. */
const farewellMs = 3_000

/** A node, ready to be put on a port. Disposing it ends its work; tasks stay on disk for the next process. */
export type OpenNode = AsyncDisposable &
  Readonly<{
    service: Service
    /** Begins to work; called once, when callbacks can be taken. */
    begin: () => void
  }>

export type NodeLogs = Loggers<'node' | 'work'>

/** What makes one kind of node out of what all have in common. */
export type NodeKind<Con extends TypedContract, C extends Claim, R extends AnyReport> = Readonly<{
  contract: Con
  schema: z.ZodType<Task<C, R>>
  handlers: (parts: CallbackParts<C, R>) => Handlers<OperationsOf<Con>, Caller>
  duties: Duties<C, R>
  coordinator: ClaimedWork
  container: ContainerTasks
}>

export type NodeTools = Readonly<{
  directory: string
  keys: readonly TokenKey[]
  pollSeconds: number
  githubUsername: string
  clock: Clock
  logs: NodeLogs
}>

/**
 * Puts a node together over its directory.
 * @throws CannotStart where tasks cannot be kept there.
 */
export async function openNode<Con extends TypedContract, C extends Claim, R extends AnyReport>(
  { contract, schema, handlers, duties, coordinator, container }: NodeKind<Con, C, R>,
  { directory, keys, pollSeconds, clock, logs }: NodeTools,
): Promise<OpenNode> {
  const tasks = await openTasks(directory, schema)
  const bells = makeBells()
  const reach = makeReach()
  const service = serve<Con, Caller>(contract, handlers({ tasks, bells, coordinator: reach }), {
    authenticate: containersOnly(keys, contract.name),
    onServed: ({ operation = 'none', method, path, status, milliseconds }) =>
      logs.node.info({ operation, method, path, status, milliseconds: Math.round(milliseconds) }, 'Request served'),
    onFinding: (finding) => logs.node.error({ code: finding.code }, describeFinding(finding)),
  })
  const stop = new AbortController()
  let working: Promise<void> | undefined
  return {
    service: traced(service),
    begin() {
      const pollMs = pollSeconds * 1000
      working ??= work(
        { tasks, bells, duties, coordinator, reach, container, clock, pollMs, log: logs.work },
        stop.signal,
      )
    },
    async [Symbol.asyncDispose]() {
      stop.abort()
      if (!working) return
      try {
        await withDeadline('the end of its work', farewellMs, working)
      } catch (error) {
        logs.work.warn({ reason: reasonOf(error) }, 'Work broken off')
      }
    },
  }
}

async function openTasks<T extends Task>(directory: string, schema: z.ZodType<T>): Promise<TaskFiles<T>> {
  try {
    return await openTaskFiles(directory, schema)
  } catch (error) {
    throw new CannotStart(
      `tasks cannot be kept in ${directory}: ${reasonOf(error)}. Give the node a directory it may write to.`,
      {
        cause: error,
      },
    )
  }
}
