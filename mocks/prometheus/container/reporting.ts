import { issueToken } from '#contracts/prometheus/auth/tokens.ts'
import { coordinator, coordinatorName } from '#contracts/prometheus/coordinator.ts'
import { planner, plannerName, worker, workerName } from '#contracts/prometheus/node.ts'
import { client, type Client } from '#harness/client/client.ts'
import type { ClientOptions } from '#harness/client/options.ts'
import type { Peers } from '#harness/mock/background.ts'
import { makeCrew } from '../shared/crew.ts'
import { insist } from '../shared/outcome.ts'
import { shortened } from '../shared/shortened.ts'
import type { ContainerMemory } from './memory.ts'
import type { Parcel } from './outbox.ts'

type Receivers = Readonly<{
  coordinator: Client<typeof coordinator>
  planner: Client<typeof planner>
  worker: Client<typeof worker>
  signal: AbortSignal
}>

/** How long nobody looks into the outbox at most, where nothing rings. */
const lookMs = 60_000

/** Brings what the agent has made to whoever is to know it, until the signal aborts. */
export async function reporting(memory: ContainerMemory, peers: Peers, signal: AbortSignal): Promise<void> {
  const receivers = receiversAt(memory, peers, signal)
  const crew = makeCrew(memory.outbox.filled.ring)
  while (!signal.aborted) {
    crew.check()
    for (const parcel of memory.outbox.take()) crew.add(report(memory, receivers, parcel))
    await memory.outbox.filled.wait(lookMs, signal)
  }
  await crew.ended()
}

function receiversAt({ keys, callbackMs }: ContainerMemory, peers: Peers, signal: AbortSignal): Receivers {
  const caller = { name: 'container', role: 'container' } as const
  const to = (component: string, audience: string): ClientOptions => ({
    baseUrl: peers(component),
    credentials: { kind: 'bearer', token: () => issueToken(keys, { caller, audience }) },
    timeoutMs: callbackMs,
    retries: 0,
  })
  return {
    coordinator: client(coordinator, to('coordinator', coordinatorName)),
    planner: client(planner, to('node-planner', plannerName)),
    worker: client(worker, to('node-worker', workerName)),
    signal,
  }
}

/** Each report is tried until it is answered. One that is refused is given up: whoever refused knows why. */
async function report(memory: ContainerMemory, receivers: Receivers, { taskId, task, outcome }: Parcel): Promise<void> {
  const { planner, worker, signal } = receivers
  const params = { task_id: taskId }
  switch (outcome.kind) {
    case 'planned':
      await insist((options) => planner.reportPlan({ params, body: { todos: outcome.todos } }, options), { signal })
      return
    case 'worked': {
      await store(memory, receivers, { taskId, todoId: task.todo_id, output: outcome.output })
      const body = { pull_request_url: outcome.pullRequestUrl }
      await insist((options) => worker.reportPullRequest({ params, body }, options), { signal })
      return
    }
    case 'failed': {
      const node = task.kind === 'plan' ? planner : worker
      const body = { message: shortened(outcome.error, 2000) }
      await insist((options) => node.reportFailure({ params, body }, options), { signal })
    }
  }
}

type Result = Readonly<{ taskId: string; todoId: string; output: string }>

/** Keeps result and log at the coordinator. */
async function store(
  { logs }: ContainerMemory,
  { coordinator, signal }: Receivers,
  { taskId, todoId, output }: Result,
): Promise<void> {
  const params = { todo_id: todoId }
  const body = { claim_id: taskId, output }
  await insist((options) => coordinator.putTodoResult({ params, body }, options), { signal })
  const entries = [...logs.of(taskId)]
  await insist((options) => coordinator.addLogs({ body: { entries } }, options), { signal })
}
