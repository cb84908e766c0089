import type { Redis } from 'ioredis'
import { z } from 'zod'
import { Conversation } from '#contracts/workbench/shapes.ts'
import { reasonOf } from '#harness/live-kit/reason-of.ts'
import type { Logs } from '../observability/log.ts'
import type { Metrics } from '../observability/metrics.ts'

const CachedPage = z.object({ total: z.int(), conversations: z.array(Conversation) })

/** Part of an account's conversations, and how many it has in all. */
export type ConversationSlice = z.infer<typeof CachedPage>

/** Pages of conversation lists, kept until the account's conversations change. */
export type ConversationListCache = Readonly<{
  /** The kept page, or else the one that `load` gives, which is then kept. */
  page: (
    accountId: string,
    at: Readonly<{ page: number; per_page: number }>,
    load: () => Promise<ConversationSlice>,
  ) => Promise<ConversationSlice>
  /** To call after every change of an account's conversations. */
  invalidate: (accountId: string) => Promise<void>
}>

/** Bounds how long a list may be out of date when the cache failed between a change and its invalidation. */
const lifetimeSeconds = 30

/**
 * Makes the cache. Pages are kept under a version of the account's list, and a change counts the version up: a page that
 * was read before the change and is put in after it lands under the old version, where nobody looks.
 */
export function makeConversationListCache(
  redis: Redis,
  { logs, metrics }: Readonly<{ logs: Logs; metrics: Metrics }>,
): ConversationListCache {
  const log = logs.cache
  const versionKey = (accountId: string): string => `conversation-list-version:${accountId}`

  /** The key for the page and what it holds; nothing where the cache does not answer, for the list does without it. */
  async function look(accountId: string, suffix: string): Promise<{ key: string; found: string | null } | undefined> {
    try {
      const version = (await redis.get(versionKey(accountId))) ?? '0'
      const key = `conversation-list:${accountId}:${version}:${suffix}`
      return { key, found: await redis.get(key) }
    } catch (error) {
      log.warn({ reason: reasonOf(error) }, 'Cache did not answer')
      return undefined
    }
  }
  function count(result: 'hit' | 'miss'): void {
    metrics.cacheHits.inc({ cache: 'conversation_list', result })
    log.info({ cache: 'conversation_list', result }, 'Cache checked')
  }
  return {
    async page(accountId, { page, per_page }, load) {
      const entry = await look(accountId, `${page}:${per_page}`)
      if (entry?.found) {
        count('hit')
        return CachedPage.parse(JSON.parse(entry.found))
      }
      count('miss')
      const loaded = await load()
      if (entry) {
        await redis
          .set(entry.key, JSON.stringify(loaded), 'EX', lifetimeSeconds)
          .catch((error: unknown) => log.warn({ reason: reasonOf(error) }, 'Page not kept'))
      }
      return loaded
    },
    async invalidate(accountId) {
      try {
        await redis.incr(versionKey(accountId))
      } catch (error) {
        // The change itself is done: to answer with a failure now would make the caller do it twice.
        log.warn({ reason: reasonOf(error) }, 'List not invalidated')
      }
    },
  }
}
