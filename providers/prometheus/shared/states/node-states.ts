import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { issueToken, readTokenKeys, tokenLifetimeSeconds } from '#contracts/prometheus/auth/tokens.ts'
import type { planner } from '#contracts/prometheus/node.ts'
import type { StatesOf } from '#harness/contract/contract.ts'
import type { StateHandlers } from '#harness/contract/state.ts'
import { writeTaskFile } from '../tasks/task-file.ts'
import type { AnyReport, Failure } from '../tasks/task.ts'

export type NodeStatesOptions = Readonly<{
  /** The name of the node's contract: whom tokens are for. */
  audience: string
  /** The keys that the node was started with, as in JWT_KEYS. */
  keys: string
  /** Where the node keeps its tasks. */
  directory: string
}>

/** The states that all nodes have, and how they are taken back. */
type NodeStates = AsyncDisposable &
  Readonly<{ reset: () => Promise<void>; handlers: Omit<StateHandlers<StatesOf<typeof planner>>, 'planReported'> }>

/**
 * Sets up states of a running node: tasks by files in its directory, callers by tokens of its keys. The tasks have no claim:
 * the node answers for them and its own work leaves them alone, so that nothing happens to them before they are called.
 */
export function nodeStates({ audience, keys: text, directory }: NodeStatesOptions): NodeStates {
  const keys = readTokenKeys(text)
  const long = Date.now() / 1000 - 2 * tokenLifetimeSeconds
  return {
    reset: () => emptyDirectory(directory),
    handlers: {
      callerKnown: async (caller) => ({ token: await issueToken(keys, { caller, audience }) }),
      tokenExpired: async (caller) => ({ token: await issueToken(keys, { caller, audience, nowSeconds: long }) }),
      async taskAwaited({ task_id }) {
        await writeTaskFile(directory, { taskId: task_id, claim: null, stage: { at: 'given', ended: false } })
        return undefined
      },
      async taskAbandoned({ task_id }) {
        await writeTaskFile(directory, { taskId: task_id, claim: null, stage: { at: 'abandoned' } })
        return undefined
      },
      async failureReported({ task_id, message }) {
        await writeReported(directory, task_id, { kind: 'failure', message })
        return undefined
      },
    },
    [Symbol.asyncDispose]: () => Promise.resolve(),
  }
}

/** Sets up a task of which this was reported. */
export function writeReported<R extends AnyReport>(
  directory: string,
  taskId: string,
  report: R | Failure,
): Promise<void> {
  return writeTaskFile(directory, { taskId, claim: null, stage: { at: 'reported', report } })
}

async function emptyDirectory(directory: string): Promise<void> {
  const names = await readdir(directory)
  await Promise.all(names.map((name) => rm(join(directory, name), { force: true })))
}
