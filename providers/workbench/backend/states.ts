import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { backend } from '#contracts/workbench/backend.ts'
import type { LiveContext, LiveStatesFactory } from '#harness/pact/replay/live-states.ts'
import { makeLogs } from './observability/log.ts'
import { makeMetrics } from './observability/metrics.ts'
import { readSettings } from './settings.ts'
import { accountStates } from './states/account-states.ts'
import { answerStates } from './states/answer-states.ts'
import { conversationStates } from './states/conversation-states.ts'
import { fileStates } from './states/file-states.ts'
import { setUpOver } from './states/set-up.ts'
import { openStores, type Stores } from './stores/stores.ts'

/** How long the backend may take to find its stores again. */
const recoveryMs = 10_000
const pollMs = 20

/** Sets up states of a running backend in its own stores, reached by the addresses in its environment. */
export const states: LiveStatesFactory<typeof backend> = async (context) => {
  const settings = readSettings(context.environment)
  const tools = { logs: makeLogs('silent'), metrics: makeMetrics() }
  const stores = await openStores(settings, tools)
  const setUp = setUpOver(stores, settings, tools)
  const cut = new Set<string>()

  async function restore(): Promise<void> {
    if (cut.size === 0) return
    for (const store of cut) await context.restore(store)
    cut.clear()
    await recovery(context, stores)
  }
  return {
    async reset() {
      await restore()
      await setUp.answersUnderWay.endAll()
      await Promise.all([
        stores.database.query({ name: 'states.reset', text: 'delete from accounts' }),
        stores.redis.flushdb(),
        emptyDirectory(settings.NFS_MOUNT),
      ])
    },
    handlers: {
      ...accountStates(setUp),
      ...conversationStates(setUp),
      ...answerStates(setUp),
      ...fileStates(setUp),
      async storeDown({ store }) {
        cut.add(store)
        await context.cut(store)
        return undefined
      },
      async allHealthy() {
        await restore()
        return undefined
      },
    },
    async [Symbol.asyncDispose]() {
      try {
        await restore()
      } finally {
        await setUp.answersUnderWay.endAll()
        await stores[Symbol.asyncDispose]()
      }
    },
  }
}

/** Waits until the backend says that it is healthy, and the connections of the states work again. */
async function recovery({ baseUrl }: LiveContext, stores: Stores): Promise<void> {
  const deadline = performance.now() + recoveryMs
  while (performance.now() < deadline) {
    if (await isRecovered(baseUrl, stores)) return
    await pause(pollMs)
  }
  throw new Error(`the backend did not find its stores again within ${recoveryMs} ms. Look into its log.`)
}

async function isRecovered(baseUrl: string, { database, redis }: Stores): Promise<boolean> {
  try {
    const [health] = await Promise.all([fetch(`${baseUrl}/health`), database.check(), redis.ping()])
    await health.body?.cancel()
    return health.status === 200
  } catch {
    return false
  }
}

async function emptyDirectory(directory: string): Promise<void> {
  const names = await readdir(directory)
  await Promise.all(names.map((name) => rm(join(directory, name), { recursive: true, force: true, maxRetries: 3 })))
}
