import type { TokenKey } from '#contracts/prometheus/auth/tokens.ts'
import { containerName } from '#contracts/prometheus/container.ts'
import { makeCallers, type Callers } from '../shared/callers.ts'
import { positiveOf, tokenKeysOf, type Environment } from '../shared/environment.ts'
import { judge, type Verdict } from './agent.ts'
import { makeLogs, type Logs } from './logs.ts'
import { makeOutbox, type Outbox } from './outbox.ts'
import { makeTasks, type Tasks } from './tasks.ts'

/** What the stand-in of the container knows. */
export type ContainerMemory = Readonly<{
  callers: Callers
  keys: readonly TokenKey[]
  /** How long a node may take to answer. */
  callbackMs: number
  judge: Judge
  logs: Logs
  outbox: Outbox
  tasks: Tasks
}>

/** What the agent says of a pull request: its own mind, or what it was told to say. */
export type Judge = Readonly<{ of: (pullRequestUrl: string) => Verdict; follow: (verdict: Verdict) => void }>

function makeJudge(): Judge {
  let told: Verdict | undefined
  return { of: (pullRequestUrl) => told ?? judge(pullRequestUrl), follow: (verdict) => void (told = verdict) }
}

/** Makes the memory of a container that has no tasks. */
export function makeContainerMemory(environment: Environment = {}, now: () => number = Date.now): ContainerMemory {
  const keys = tokenKeysOf(environment)
  return {
    callers: makeCallers({ keys, audience: containerName, now }),
    keys,
    callbackMs: positiveOf(environment, 'CALLBACK_SECONDS', 10) * 1000,
    judge: makeJudge(),
    logs: makeLogs(now),
    outbox: makeOutbox(),
    tasks: makeTasks(now),
  }
}
