import { randomBytes } from 'node:crypto'
import { containerRung } from '../container-rung.ts'
import { identifyRedis } from './identify.ts'

/** Redis in a container, nothing on disk. CONCORDAT_REDIS_IMAGE names another image. */
export const redisContainer = containerRung({
  kind: 'redis',
  image: { variable: 'CONCORDAT_REDIS_IMAGE', otherwise: 'redis:7-alpine' },
  identify: identifyRedis,
  async run(image, name) {
    const { RedisContainer } = await import('@testcontainers/redis') // slow to load, so only when it is used
    const started = await new RedisContainer(image)
      .withName(name)
      .withCommand(['redis-server', '--save', '', '--appendonly', 'no'])
      .withPassword(randomBytes(16).toString('hex')) // Docker publishes the port to the network too
      .start()
    return started.getConnectionUrl()
  },
})
