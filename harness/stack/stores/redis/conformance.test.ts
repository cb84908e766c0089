import type { Rung, RungOutcome } from '../rung.ts'
import { redisBinary } from './binary.ts'
import { describeRedisConformance } from './conformance.ts'
import { redisContainer } from './container.ts'
import { redisEmbedded } from './embedded.ts'

const rungs: readonly Rung[] = [redisEmbedded, redisContainer, redisBinary]
const outcomes = new Map<Rung, RungOutcome>()
for (const rung of rungs) outcomes.set(rung, await rung.start(process.env))

afterAll(async () => {
  for (const outcome of outcomes.values()) if (outcome.kind === 'started') await outcome.store.stop()
})

for (const [{ mode }, outcome] of outcomes) {
  if (outcome.kind === 'started') describeRedisConformance({ name: mode, url: () => outcome.store.url })
  else describeRedisConformance({ name: mode, url: () => '', lack: outcome.reason })
}

test('the embedded server is there on every machine', () => {
  expect(outcomes.get(redisEmbedded)?.kind).toBe('started')
})
