import type { Peers } from '#harness/mock/background.ts'
import { makeBell } from '../shared/bell.ts'
import { insist } from '../shared/outcome.ts'
import { activeNode, type ActiveNode } from '../shared/node/active-node.ts'
import { claiming, todoOf, type Claim } from '../shared/node/claiming.ts'
import { followTask } from '../shared/node/follow-task.ts'
import { isOver, leaseOf, type Lease } from '../shared/node/lease.ts'
import { underLease, type UnderLease } from '../shared/node/renew.ts'
import type { Plan, PlannerMemory, Verdict } from './memory.ts'

/** Claims plans and audits and has the container make them, until the signal aborts. */
export async function planningAndAuditing(memory: PlannerMemory, peers: Peers, signal: AbortSignal): Promise<void> {
  const node = activeNode(memory, { name: 'node-planner', peers, signal })
  const deliver = (claim: Claim, todos: Plan): Promise<boolean> => deliverPlan(node, claim, todos)
  await claiming(node, {
    plan: (claim) => followTask(node, claim, { deliver }),
    audit: (claim) => audit(node, claim),
  })
}

async function deliverPlan(node: ActiveNode<Plan>, claim: Claim, todos: Plan): Promise<boolean> {
  const body = { claim_id: claim.claim_id, todos }
  const put = await insist((options) => node.coordinator.putPlan({ params: todoOf(claim), body }, options), node)
  return put.kind === 'answered'
}

/** Has the container judge a submission. Without a verdict the lease runs out, and somebody audits again. */
export async function audit(node: ActiveNode<Plan>, claim: Claim): Promise<void> {
  const verdict = await verdictOn(node, claim)
  if (!verdict) return
  const body = { ...verdict, claim_id: claim.claim_id }
  await insist((options) => node.coordinator.putAudit({ params: todoOf(claim), body }, options), node)
}

type Judged = Awaited<ReturnType<ActiveNode<Plan>['container']['audit']>>

async function verdictOn(node: ActiveNode<Plan>, claim: Claim): Promise<Verdict | undefined> {
  const { container, memory, signal } = node
  if (!claim.submission) return undefined
  const { todo_id, round, pull_request_url, github_username } = claim.submission
  const body = { todo_id, round, pull_request_url, github_username }
  const bell = makeBell()
  let lease: Lease | undefined = leaseOf(claim, memory.now())
  while (lease && !isOver(lease, memory.now()) && !signal.aborted) {
    const judged: UnderLease<Judged> = await underLease(node, claim, {
      lease,
      call: (options) => container.audit({ body }, options),
    })
    if (judged.outcome.kind === 'answered') return judged.outcome.value.body.data
    if (judged.outcome.kind === 'refused') return undefined
    lease = judged.lease
    await bell.wait(memory.pollMs, signal)
  }
  return undefined
}
