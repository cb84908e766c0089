import type { z } from 'zod'
import type { Claim as ClaimShape, ClaimKind } from '#contracts/prometheus/shapes.ts'
import { makeBell } from '../bell.ts'
import { makeCrew } from '../crew.ts'
import { tryCall } from '../outcome.ts'
import type { ActiveNode } from './active-node.ts'

export type Claim = z.output<typeof ClaimShape>
type Kind = z.output<typeof ClaimKind>

/** The parameters that name the task of a claim, and its todo. */
export const taskOf = ({ claim_id }: Claim): { task_id: string } => ({ task_id: claim_id })
export const todoOf = ({ todo }: Claim): { todo_id: string } => ({ todo_id: todo.todo_id })

/** What a node does with claims, by kind. */
export type Duties = Readonly<Partial<Record<Kind, (claim: Claim) => Promise<void>>>>

const mostAtOnce = 8

/**
 * Claims todos of some kinds until the node's signal aborts, and has each dealt with, several side by side. Nothing is
 * claimed while the coordinator or the container does not answer: each claim counts as an attempt.
 */
export async function claiming<Product>(node: ActiveNode<Product>, duties: Duties): Promise<void> {
  const { signal, memory } = node
  const crew = makeCrew()
  const bell = makeBell()
  while (!signal.aborted) {
    crew.check()
    const hasClaimed = crew.size() < mostAtOnce && (await areReady(node)) && (await claimEach(node, duties, crew.add))
    if (!hasClaimed) await bell.wait(memory.pollMs, signal)
  }
  await crew.ended()
}

async function areReady<Product>({ coordinator, container, memory, signal }: ActiveNode<Product>): Promise<boolean> {
  const [atCoordinator, atContainer] = await Promise.all([
    tryCall((options) => coordinator.health({}, options), signal),
    tryCall((options) => container.health({}, options), signal),
  ])
  memory.coordinator.say(atCoordinator.kind === 'answered')
  return atCoordinator.kind === 'answered' && atContainer.kind === 'answered'
}

/** Claims one todo of each kind; whether there was any. */
async function claimEach<Product>(
  node: ActiveNode<Product>,
  duties: Duties,
  add: (work: Promise<void>) => void,
): Promise<boolean> {
  let hasClaimed = false
  for (const [kind, dealWith] of Object.entries(duties) as [Kind, (claim: Claim) => Promise<void>][]) {
    const claim = await claimOne(node, kind)
    if (claim) add(dealWith(claim))
    hasClaimed ||= claim !== undefined
  }
  return hasClaimed
}

async function claimOne<Product>({ coordinator, signal }: ActiveNode<Product>, kind: Kind): Promise<Claim | undefined> {
  const outcome = await tryCall((options) => coordinator.claimTodo({ body: { kind } }, options), signal)
  return outcome.kind === 'answered' && outcome.value.status === 201 ? outcome.value.body.data : undefined
}
