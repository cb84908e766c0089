import type { z } from 'zod'
import { coordinator } from '#contracts/prometheus/coordinator.ts'
import type { ClaimKind, Submission, Todo } from '#contracts/prometheus/shapes.ts'
import type { OperationsOf } from '#harness/contract/contract.ts'
import { reply } from '#harness/contract/reply.ts'
import type { Handlers } from '#harness/serve/handlers.ts'
import { untyped } from '#harness/serve/service.ts'
import type { Clock } from '../work/clock.ts'
import { exampleLedger, type ExampleLedger, type NewClaim } from './example-ledger.ts'
import { exampleServer, type ExampleServer } from './example-server.ts'

type CoordinatorHandlers = Handlers<OperationsOf<typeof coordinator>, string>
type Kind = z.output<typeof ClaimKind>

/** A coordinator that queues what a test tells it to, and keeps claims and leases as the real one does. */
export type ExampleCoordinator = ExampleServer &
  Pick<ExampleLedger, 'calls' | 'lastClaim' | 'claimed' | 'loseLeases'> &
  Readonly<{
    /** Queues a todo, or a submission to be audited; gives the todo's id. */
    queue: (kind: Kind) => string
    /** The operations of the calls without renewals. */
    outcomes: () => readonly string[]
  }>

export async function exampleCoordinator(clock: Clock): Promise<ExampleCoordinator> {
  const queued: { kind: Kind; todo: z.output<typeof Todo> }[] = []
  const ledger = exampleLedger(clock)
  const handlers: Partial<CoordinatorHandlers> = {
    health: () => reply(200, { database: 'healthy' }),
    claimTodo({ body: { kind } }) {
      const at = queued.findIndex((entry) => entry.kind === kind)
      const [entry] = at < 0 ? [] : queued.splice(at, 1)
      if (!entry) return reply(204)
      return reply(201, { data: ledger.add(claimOf(entry)) })
    },
    reportStatus: ({ body }) =>
      reply(200, {
        data: body.status === 'failed' ? ledger.end('reportStatus', body) : ledger.renew('reportStatus', body),
      }),
    putPlan: ({ body }) => reply(200, { data: [ledger.end('putPlan', body).todo] }),
    putPullRequest: ({ body }) => reply(200, { data: ledger.keep('putPullRequest', body).todo }),
    putSubmission: ({ body }) =>
      reply(200, { data: submissionOf(ledger.end('putSubmission', body).todo.todo_id, body) }),
    putAudit: ({ body }) => reply(200, { data: ledger.end('putAudit', body).todo }),
  }
  const server = await exampleServer(coordinator, untyped(handlers))
  return {
    ...server,
    ...ledger,
    outcomes: () =>
      ledger.calls.filter(({ body }) => body['status'] !== 'in_progress').map(({ operation }) => operation),
    queue(kind) {
      const todo = todoOf(kind)
      queued.push({ kind, todo })
      return todo.todo_id
    },
  }
}

function todoOf(kind: Kind): z.output<typeof Todo> {
  const now = new Date().toISOString()
  return {
    todo_id: crypto.randomUUID(),
    job_id: crypto.randomUUID(),
    kind: kind === 'plan' ? 'plan' : 'work',
    title: 'Greet',
    description: 'Say hello.\nSay goodbye.',
    repository: { owner: 'example', name: 'greetings' },
    status: kind === 'audit' ? 'submitted' : 'claimed',
    attempts: 2,
    pull_request_url: null,
    created_at: now,
    updated_at: now,
  }
}

function claimOf({ kind, todo }: { kind: Kind; todo: z.output<typeof Todo> }): NewClaim {
  const submission = {
    round: 1,
    pull_request_url: 'https://github.com/example/greetings/pull/7',
    github_username: 'bob',
  }
  return {
    claim_id: crypto.randomUUID(),
    kind,
    todo,
    submission: kind === 'audit' ? submissionOf(todo.todo_id, submission) : null,
  }
}

type Submitted = Pick<z.output<typeof Submission>, 'round' | 'pull_request_url' | 'github_username'>

function submissionOf(
  todo_id: string,
  { round, pull_request_url, github_username }: Submitted,
): z.output<typeof Submission> {
  const staking_key = '8wdMTSS6QhfCYf5TZameK37YMvQym4Jthqz4KFCaQmFE'
  const submitted_at = new Date().toISOString()
  return { todo_id, round, pull_request_url, github_username, staking_key, submitted_at }
}
