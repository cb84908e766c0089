import type { Peers } from '#harness/mock/background.ts'
import { activeNode, type ActiveNode } from '../shared/node/active-node.ts'
import { claiming, taskOf, todoOf, type Claim } from '../shared/node/claiming.ts'
import { followTask, type Following } from '../shared/node/follow-task.ts'
import { insist, tryCall } from '../shared/outcome.ts'
import type { WorkerMemory } from './memory.ts'

type ActiveWorker = ActiveNode<string>

/** Claims work and has the container do it, until the signal aborts. */
export async function working(memory: WorkerMemory, peers: Peers, signal: AbortSignal): Promise<void> {
  const node = activeNode(memory, { name: 'node-worker', peers, signal })
  const following = followingOf(node)
  await claiming(node, { work: (claim) => followTask(node, claim, following) })
}

/** What a worker does with what comes of its tasks. */
export function followingOf(node: ActiveWorker): Following<string> {
  return {
    deliver: (claim, url) => deliverPullRequest(node, claim, url),
    fetchProduct: (claim) => fetchPullRequest(node, claim),
  }
}

async function deliverPullRequest(node: ActiveWorker, claim: Claim, pull_request_url: string): Promise<boolean> {
  const { coordinator, memory } = node
  const { claim_id, todo } = claim
  const params = todoOf(claim)
  const put = await insist(
    (options) => coordinator.putPullRequest({ params, body: { claim_id, pull_request_url } }, options),
    node,
  )
  if (put.kind !== 'answered') return false
  const body = { claim_id, round: todo.attempts, pull_request_url, github_username: memory.githubUsername }
  const submitted = await insist((options) => coordinator.putSubmission({ params, body }, options), node)
  return submitted.kind === 'answered'
}

async function fetchPullRequest({ container, signal }: ActiveWorker, claim: Claim): Promise<string | undefined> {
  const fetched = await tryCall((options) => container.getSubmission({ params: taskOf(claim) }, options), signal)
  return fetched.kind === 'answered' ? fetched.value.body.data.pull_request_url : undefined
}
