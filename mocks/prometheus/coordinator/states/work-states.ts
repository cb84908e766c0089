import type { coordinator } from '#contracts/prometheus/coordinator.ts'
import type { StatesOf } from '#harness/contract/contract.ts'
import type { StateHandlers } from '#harness/contract/state.ts'
import type { CoordinatorMemory } from '../memory.ts'
import { putAudit, putPlan, putPullRequest, putSubmission, type Under } from '../rules/claimed-work.ts'
import { changeTodo, claimsOn, endClaim } from '../rules/todos.ts'
import { githubUsername, pullRequestUrl } from './examples.ts'
import { giveToNode } from './give-to-node.ts'
import { removeTodosOf } from './put-job.ts'
import { occupy, putClaim } from './put-todo.ts'

type Names = 'planStored' | 'pullRequestSet' | 'todoSubmitted' | 'auditClaimed' | 'auditStored'

/** States of what nodes have done: it is done again, by the same rules. */
export function workStates(memory: CoordinatorMemory): Pick<StateHandlers<StatesOf<typeof coordinator>>, Names> {
  const { board } = memory
  return {
    planStored({ todo_id, claim_id, by, todos }) {
      const known = board.todos.get(todo_id)
      // So that no steps of an earlier plan are left.
      if (known) removeTodosOf(board, known.job_id)
      const job = known && { job_id: known.job_id }
      const under = giveToNode(memory, { todo_id, claim_id, kind: 'plan', title: known?.title ?? 'A plan', by, ...job })
      putPlan(board, under, todos)
    },
    pullRequestSet({ todo_id, claim_id, by, pull_request_url }) {
      const under = giveToNode(memory, { todo_id, claim_id, kind: 'work', title: titleOf(memory, todo_id), by })
      putPullRequest(board, under, pull_request_url)
    },
    todoSubmitted(submitted) {
      occupy(board, 'submitted')
      submit(memory, submitted)
    },
    auditClaimed(audit) {
      giveAudit(memory, audit)
    },
    auditStored({ verdict, ...audit }) {
      putAudit(board, giveAudit(memory, audit), verdict)
    },
  }
}

function titleOf({ board }: CoordinatorMemory, todoId: string): string {
  return board.todos.get(todoId)?.title ?? 'A todo'
}

type Submitted = Readonly<{
  todo_id: string
  by: string
  round: number
  pull_request_url: string
  claim_id?: string | undefined
  github_username?: string | undefined
}>

function submit(memory: CoordinatorMemory, submitted: Submitted): void {
  const { board } = memory
  const { todo_id, by, round, pull_request_url, claim_id = crypto.randomUUID() } = submitted
  const under = giveToNode(memory, { todo_id, claim_id, kind: 'work', title: titleOf(memory, todo_id), by })
  changeTodo(board, todo_id, { attempts: Math.max(1, round) })
  putPullRequest(board, under, pull_request_url)
  const username = submitted.github_username ?? githubUsername
  putSubmission(board, under, { round, pull_request_url, github_username: username })
}

type Audit = Readonly<{ todo_id: string; claim_id: string; by: string }>

/** Gives the audit of a todo to a node; the todo is submitted by another one, unless it is submitted already. */
function giveAudit(memory: CoordinatorMemory, { todo_id, claim_id, by }: Audit): Under {
  const { board, nodes } = memory
  if (board.todos.get(todo_id)?.status !== 'submitted')
    submit(memory, { todo_id, by: 'submitter', round: 1, pull_request_url: pullRequestUrl })
  for (const claim of claimsOn(board, todo_id)) endClaim(board, claim)
  const node = nodes.ensure(by)
  putClaim(board, { claim_id, todo_id, kind: 'audit', node: node.name, until: board.now() + board.leaseMs })
  return { node, todoId: todo_id, claimId: claim_id }
}
