import { insist, tryCall } from '../outcome.ts'
import { shortened } from '../shortened.ts'
import type { ActiveNode } from './active-node.ts'
import { taskOf, todoOf, type Claim } from './claiming.ts'
import { isOver, leaseOf, leaseUntil, type Lease } from './lease.ts'
import { renew } from './renew.ts'
import type { Report } from './tasks.ts'

export type Following<Product> = Readonly<{
  /** Brings the product to the coordinator; whether it took it. */
  deliver: (claim: Claim, product: Product) => Promise<boolean>
  /** Asks the container for what it has made, where its report does not come. */
  fetchProduct?: (claim: Claim) => Promise<Product | undefined>
}>

/**
 * Has the container do a claimed todo, and brings what it reports to the coordinator. The lease is renewed while the
 * container works on it; where the lease is lost or runs out, the task is abandoned.
 */
export async function followTask<Product>(
  node: ActiveNode<Product>,
  claim: Claim,
  following: Following<Product>,
): Promise<void> {
  const { memory, signal } = node
  const { tasks } = memory
  tasks.await(claim.claim_id)
  const lease = leaseOf(claim, memory.now())
  await startTask(node, claim, lease)
  const report = await reportOf({ node, claim, following }, lease)
  if (signal.aborted) return
  if (!report || !(await bring(node, claim, { report, following }))) tasks.abandon(claim.claim_id)
}

/** Hands the task to the container. Where it cannot, the lease will run out. */
async function startTask<Product>(node: ActiveNode<Product>, claim: Claim, lease: Lease): Promise<void> {
  const { memory, signal } = node
  const { todo_id, job_id, kind, title, description, repository } = claim.todo
  const body = { todo_id, job_id, kind, title, description, repository }
  const started = await insist((options) => node.container.startTask({ params: taskOf(claim), body }, options), {
    signal,
    isOver: () => isOver(lease, memory.now()) || memory.tasks.reportOf(claim.claim_id) !== undefined,
  })
  if (started.kind === 'refused' && started.code === 'conflict')
    settle(node, claim, { kind: 'failure', message: 'The container has another task under this id.' })
}

type Waiting<Product> = Readonly<{ node: ActiveNode<Product>; claim: Claim; following: Following<Product> }>

/** How it stands with a task whose report has not come; without a lease it is lost. */
type Look = Readonly<{ lease: Lease | undefined; sawEnd: boolean }>

/** Waits for the report; undefined where the lease ends before. */
async function reportOf<Product>(waiting: Waiting<Product>, lease: Lease): Promise<Report<Product> | undefined> {
  const { memory, signal } = waiting.node
  const { tasks, now } = memory
  let look: Look = { lease, sawEnd: false }
  while (!signal.aborted) {
    const task = tasks.get(waiting.claim.claim_id)
    if (task.status === 'reported') return task.report
    const { lease: held } = look
    if (task.status === 'abandoned' || !held || isOver(held, now())) return undefined
    if (now() >= held.lookAt) look = await lookAgain(waiting, held, look.sawEnd)
    else await tasks.reported.wait(Math.min(held.lookAt, held.until) - now(), signal)
  }
  return undefined
}

/**
 * Asks the container. A task that has ended is reported soon: what came of it is fetched at the second look only, as the
 * container stores a result before it reports, under the claim that a submission would end.
 */
async function lookAgain<Product>(waiting: Waiting<Product>, lease: Lease, sawEnd: boolean): Promise<Look> {
  const { node, claim } = waiting
  const { memory, signal } = node
  const asked = await tryCall((options) => node.container.getTask({ params: taskOf(claim) }, options), signal)
  if (asked.kind !== 'answered') return { lease: leaseUntil(lease.until, memory.now()), sawEnd }
  const { status, error } = asked.value.body.data
  if (status === 'running') return { lease: await renew(node, claim, lease), sawEnd: false }
  if (sawEnd && status === 'succeeded') await fetchReport(waiting)
  if (sawEnd && status === 'failed')
    settle(node, claim, { kind: 'failure', message: error ?? 'The container could not do the task.' })
  return { lease: leaseUntil(lease.until, memory.now()), sawEnd: true }
}

async function fetchReport<Product>({ node, claim, following }: Waiting<Product>): Promise<void> {
  const product = await following.fetchProduct?.(claim)
  if (product !== undefined) settle(node, claim, { kind: 'product', product })
}

/** Whether the coordinator took the report. */
async function bring<Product>(
  node: ActiveNode<Product>,
  claim: Claim,
  { report, following }: Readonly<{ report: Report<Product>; following: Following<Product> }>,
): Promise<boolean> {
  if (report.kind === 'product') return following.deliver(claim, report.product)
  const { message } = report
  const body = { claim_id: claim.claim_id, status: 'failed', progress: 0, message: shortened(message, 2000) } as const
  const given = await insist((options) => node.coordinator.reportStatus({ params: todoOf(claim), body }, options), node)
  return given.kind === 'answered'
}

/** As if the container had reported it, unless it has. */
function settle<Product>({ memory }: ActiveNode<Product>, { claim_id }: Claim, report: Report<Product>): void {
  if (memory.tasks.get(claim_id).status === 'awaited') memory.tasks.report(claim_id, report)
}
