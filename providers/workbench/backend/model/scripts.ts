import type { Redis } from 'ioredis'
import { z } from 'zod'

const Script = z.union([z.object({ text: z.string() }).readonly(), z.object({ failAfter: z.int().min(0) }).readonly()])

/** What the built-in model does instead of answering: says a text, or fails after some tokens. */
export type Script = z.infer<typeof Script>

/** What the built-in model was told to do next. */
export type Scripts = Readonly<{
  next: () => Promise<Script | undefined>
  set: (scripts: readonly Script[]) => Promise<void>
}>

const key = 'model:script'

/** The scripts in a cache: one is taken for each answer. */
export function scriptsIn(redis: Redis): Scripts {
  return {
    async next() {
      const text = await redis.lpop(key)
      return text === null ? undefined : Script.parse(JSON.parse(text))
    },
    async set(scripts) {
      await redis.del(key)
      await redis.rpush(key, ...scripts.map((script) => JSON.stringify(script)))
    },
  }
}
