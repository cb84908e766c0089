import { environmentRung } from '../environment-rung.ts'
import type { StoreRecipe } from '../rung.ts'
import { redisBinary } from './binary.ts'
import { redisContainer } from './container.ts'
import { redisEmbedded } from './embedded.ts'
import { identifyRedis } from './identify.ts'

/** Redis: the server the environment names, a container, the installed one, our own. */
export const redis: StoreRecipe = {
  kind: 'redis',
  title: 'Redis',
  rungs: [
    environmentRung({ kind: 'redis', variable: 'CONCORDAT_REDIS_URL', identify: identifyRedis }),
    redisContainer,
    redisBinary,
    redisEmbedded,
  ],
}
