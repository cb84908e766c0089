import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { backend } from '#contracts/workbench/backend.ts'
import { storeCuts } from '#harness/live-kit/store-cuts.ts'
import type { LiveStatesFactory } from '#harness/pact/replay/live-states.ts'
import { makeLogs } from './observability/log.ts'
import { makeMetrics } from './observability/metrics.ts'
import { readSettings } from './settings.ts'
import { accountStates } from './states/account-states.ts'
import { answerStates } from './states/answer-states.ts'
import { conversationStates } from './states/conversation-states.ts'
import { fileStates } from './states/file-states.ts'
import { setUpOver } from './states/set-up.ts'
import { untilReady } from './stores/redis.ts'
import { openStores } from './stores/stores.ts'

const reconnectMs = 10_000

/** Sets up states of a running backend in its own stores, reached by the addresses in its environment. */
export const states: LiveStatesFactory<typeof backend> = async (context) => {
  const settings = readSettings(context.environment)
  const tools = { logs: makeLogs('silent'), metrics: makeMetrics() }
  const stores = await openStores(settings, tools)
  const setUp = setUpOver(stores, settings, tools)
  const cuts = storeCuts({
    ...context,
    check: () => Promise.all([stores.database.check(), stores.redis.ping()]),
  })
  return {
    async reset() {
      await cuts.restore()
      await setUp.answersUnderWay.endAll()
      // A busy machine may have let the connection time out, and it is on its way back.
      await untilReady(stores.redis, reconnectMs)
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
        await cuts.cut(store)
        return undefined
      },
      async allHealthy() {
        await cuts.restore()
        return undefined
      },
    },
    async [Symbol.asyncDispose]() {
      try {
        await cuts.restore()
      } finally {
        await setUp.answersUnderWay.endAll()
        await stores[Symbol.asyncDispose]()
      }
    },
  }
}

async function emptyDirectory(directory: string): Promise<void> {
  const names = await readdir(directory)
  await Promise.all(names.map((name) => rm(join(directory, name), { recursive: true, force: true, maxRetries: 3 })))
}
