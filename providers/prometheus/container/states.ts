import { randomUUID } from 'node:crypto'
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { issueToken, readTokenKeys, tokenLifetimeSeconds } from '#contracts/prometheus/auth/tokens.ts'
import { containerName, type container } from '#contracts/prometheus/container.ts'
import type { StatesOf } from '#harness/contract/contract.ts'
import type { StateHandlers } from '#harness/contract/state.ts'
import type { LiveStatesFactory } from '#harness/pact/replay/live-states.ts'
import { taskFile, type TaskFile } from './states/task-file.ts'

type ContainerStates = StateHandlers<StatesOf<typeof container>>

/** Sets up states of a running container in the directory that it keeps its tasks in. */
export const states: LiveStatesFactory<typeof container> = async ({ environment }) => {
  const folders = foldersIn(environment['CONTAINER_DATA'] ?? '')
  await Promise.all(Object.values(folders).map((folder) => mkdir(folder, { recursive: true })))
  return {
    async reset() {
      await Promise.all(Object.values(folders).map(emptyDirectory))
    },
    handlers: {
      ...callerStates(environment['JWT_KEYS'] ?? ''),
      ...taskStates(folders.tasks),
      async logsExist({ task_id, entries }) {
        const timestamp = new Date().toISOString()
        const lines = entries.map((entry) => `${JSON.stringify({ task_id, ...entry, timestamp })}\n`)
        await writeWhole(join(folders.logs, `${task_id}.jsonl`), lines.join(''))
      },
      async agentJudges(verdict) {
        await writeWhole(join(folders.agent, 'verdict.json'), JSON.stringify(verdict))
      },
    },
    [Symbol.asyncDispose]: () => Promise.resolve(),
  }
}

type Folders = Readonly<{ tasks: string; logs: string; agent: string }>

function foldersIn(data: string): Folders {
  return { tasks: join(data, 'tasks'), logs: join(data, 'logs'), agent: join(data, 'agent') }
}

function callerStates(keysText: string): Pick<ContainerStates, 'callerKnown' | 'tokenExpired'> {
  const keys = readTokenKeys(keysText)
  return {
    callerKnown: async (caller) => ({ token: await issueToken(keys, { caller, audience: containerName }) }),
    async tokenExpired(caller) {
      const nowSeconds = Date.now() / 1000 - 2 * tokenLifetimeSeconds
      return { token: await issueToken(keys, { caller, audience: containerName, nowSeconds }) }
    },
  }
}

function taskStates(folder: string): Pick<ContainerStates, 'taskRunning' | 'taskSucceeded' | 'taskFailed'> {
  async function put(task: TaskFile): Promise<undefined> {
    await writeWhole(join(folder, `${task.task_id}.json`), JSON.stringify(task))
  }
  return {
    taskRunning: ({ task_id, ...content }) => put(taskFile(task_id, content, { status: 'running' })),
    taskSucceeded: ({ task_id, todo_id, title, pull_request_url: pullRequestUrl }) =>
      put(taskFile(task_id, { kind: 'work', todo_id, title }, { status: 'succeeded', pullRequestUrl })),
    taskFailed: ({ task_id, todo_id, kind, error }) =>
      put(taskFile(task_id, { kind, todo_id }, { status: 'failed', error })),
  }
}

/** Readers see all of it or nothing. */
async function writeWhole(path: string, text: string): Promise<void> {
  const temporary = `${path}.${randomUUID()}.tmp`
  await writeFile(temporary, text)
  await rename(temporary, path)
}

async function emptyDirectory(directory: string): Promise<void> {
  const names = await readdir(directory)
  await Promise.all(names.map((name) => rm(join(directory, name), { recursive: true, force: true, maxRetries: 3 })))
}
