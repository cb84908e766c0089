import type { TokenKey } from '#contracts/prometheus/auth/tokens.ts'
import { makeCallers, type Callers } from '../callers.ts'
import { positiveOf, textOf, tokenKeysOf, type Environment } from '../environment.ts'
import { makeNodeTasks, type NodeTasks } from './tasks.ts'

/** What the stand-in of a node knows. */
export type NodeMemory<Product> = Readonly<{
  callers: Callers
  tasks: NodeTasks<Product>
  coordinator: Reach
  keys: readonly TokenKey[]
  privateKey: string
  githubUsername: string
  pollMs: number
  /** Milliseconds since 1970. */
  now: () => number
}>

/** Whether the last call of the coordinator was answered. */
export type Reach = Readonly<{ say: (isReached: boolean) => void; isReached: () => boolean }>

function makeReach(): Reach {
  let reached = false
  return { say: (isReached) => void (reached = isReached), isReached: () => reached }
}

export type NodeIdentity = Readonly<{
  /** The name of the node's contract. */
  audience: string
  /** The variable that holds the key it signs with, and the key it has without. */
  keyVariable: string
  developmentKey: string
}>

const defaultPollSeconds = 0.025

/** Makes the memory of a node that has nothing to do yet. Nobody waits for a person here: it asks often where nothing is said. */
export function makeNodeMemory<Product>(
  { audience, keyVariable, developmentKey }: NodeIdentity,
  environment: Environment,
  now: () => number = Date.now,
): NodeMemory<Product> {
  const keys = tokenKeysOf(environment)
  return {
    callers: makeCallers({ keys, audience, now }),
    tasks: makeNodeTasks(),
    coordinator: makeReach(),
    keys,
    privateKey: textOf(environment, keyVariable) ?? developmentKey,
    githubUsername: textOf(environment, 'GITHUB_USERNAME') ?? 'prometheus-node',
    pollMs: positiveOf(environment, 'POLL_SECONDS', defaultPollSeconds) * 1000,
    now,
  }
}
