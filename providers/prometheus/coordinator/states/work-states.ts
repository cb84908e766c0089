import { randomUUID } from 'node:crypto'
import type { coordinator } from '#contracts/prometheus/coordinator.ts'
import type { StatesOf } from '#harness/contract/contract.ts'
import type { StateParamsOutput } from '#harness/contract/state.ts'
import { githubUsername, pullRequestUrl } from './examples.ts'
import { callOf, give, type Given } from './give.ts'
import { occupy, putClaim } from './put-todo.ts'
import type { CoordinatorStates, SetUp } from './set-up.ts'

type Names = 'planStored' | 'pullRequestSet' | 'todoSubmitted' | 'auditClaimed' | 'auditStored'

/** States of what nodes have done: it is done again, by the coordinator's own means. */
export function workStates(setUp: SetUp): Pick<CoordinatorStates, Names> {
  const { audits, database, plans } = setUp
  return {
    async planStored({ todos, ...given }) {
      await give(setUp, { ...given, kind: 'plan' })
      await plans.put(callOf(setUp, 'putPlan', { ...given, content: { todos } }), todos)
      return undefined
    },
    async pullRequestSet({ pull_request_url, ...given }) {
      await give(setUp, { ...given, kind: 'work' })
      await setPullRequest(setUp, given, pull_request_url)
      return undefined
    },
    async todoSubmitted(submitted) {
      await occupy(database, 'submitted')
      await submit(setUp, submitted)
      return undefined
    },
    async auditClaimed(audit) {
      await giveAudit(setUp, audit)
      return undefined
    },
    async auditStored({ verdict, ...audit }) {
      await giveAudit(setUp, audit)
      await audits.put(callOf(setUp, 'putAudit', { ...audit, content: verdict }), verdict)
      return undefined
    },
  }
}

async function setPullRequest(setUp: SetUp, given: Given, pull_request_url: string): Promise<void> {
  const call = callOf(setUp, 'putPullRequest', { ...given, content: { pull_request_url } })
  await setUp.submissions.putPullRequest(call, pull_request_url)
}

type Submitted = StateParamsOutput<StatesOf<typeof coordinator>['todoSubmitted']>

async function submit(setUp: SetUp, submitted: Submitted): Promise<void> {
  const { todo_id, by, round, pull_request_url } = submitted
  const { claim_id = randomUUID(), github_username = githubUsername } = submitted
  const given = { todo_id, claim_id, by }
  await give(setUp, { ...given, kind: 'work' })
  await setUp.database.query({
    name: 'states.attempts',
    text: 'update todos set attempts = $2 where id = $1',
    values: [todo_id, Math.max(1, round)],
  })
  await setPullRequest(setUp, given, pull_request_url)
  const content = { round, pull_request_url, github_username }
  await setUp.submissions.put(callOf(setUp, 'putSubmission', { ...given, content }), content)
}

/** Gives the audit of a todo to a node; the todo is submitted by another one, unless it is submitted already. */
async function giveAudit(setUp: SetUp, audit: Given): Promise<void> {
  const { database, leaseSeconds, todos } = setUp
  const { todo_id } = audit
  if ((await todos.find(todo_id))?.status !== 'submitted')
    await submit(setUp, { todo_id, by: 'submitter', round: 1, pull_request_url: pullRequestUrl })
  await putClaim(database, { ...audit, kind: 'audit', leaseSeconds })
}
