import { createPlannerApi } from '#consumers/prometheus/node-planner/api.ts'
import type { PlannerCoordinator } from '#consumers/prometheus/node-planner/coordinator.ts'
import { createWorkerApi } from '#consumers/prometheus/node-worker/api.ts'
import type { WorkerCoordinator } from '#consumers/prometheus/node-worker/coordinator.ts'
import { newKeyPair } from '#contracts/prometheus/auth/request-signature.ts'
import type { Stack } from '#harness/scenario/stack.ts'

/** A node of a scenario: it does what it is told, and nothing by itself. */
export type NodeKey = Readonly<{ name: string; privateKey: string; publicKey: string }>

/** New keys for nodes of these names. */
export function newNodes<const Names extends readonly string[]>(
  ...names: Names
): { readonly [K in keyof Names]: NodeKey } {
  return names.map((name) => ({ name, ...newKeyPair() })) as unknown as { [K in keyof Names]: NodeKey }
}

/**
 * The settings of a coordinator that knows these nodes and no other: those of the stack are refused, and leave everything
 * to them. They ask but once in a while.
 */
export function onlyKnowing(nodes: readonly NodeKey[]): Readonly<Record<string, string>> {
  return { NODE_KEYS: nodes.map(({ name, publicKey }) => `${name}=${publicKey}`).join(','), POLL_SECONDS: '600' }
}

/** The coordinator as a node uses it that plans, works and audits. */
export function coordinatorFor(stack: Stack, { privateKey }: NodeKey): WorkerCoordinator & PlannerCoordinator {
  const options = {
    coordinatorUrl: stack.url('node-worker', 'coordinator'),
    containerUrl: stack.url('node-worker', 'container'),
    privateKey,
    token: () => '',
  }
  return { ...createPlannerApi(options).coordinator, ...createWorkerApi(options).coordinator }
}
