import { describeWhen } from '../../testing/describe-when.ts'
import { hashCases, listCases, setCases, sortedSetCases } from './conformance/collections.ts'
import { keyCases } from './conformance/keys.ts'
import { protocolCases, serverCases } from './conformance/server.ts'
import { pubSubCases, transactionCases } from './conformance/several-clients.ts'
import { stringCases } from './conformance/strings.ts'
import { openWire } from './conformance/wire.ts'
import type { ConformanceCases } from './conformance/wire.ts'

const FAMILIES: Readonly<Record<string, ConformanceCases>> = {
  strings: stringCases,
  keys: keyCases,
  hashes: hashCases,
  sets: setCases,
  lists: listCases,
  'sorted sets': sortedSetCases,
  server: serverCases,
  protocol: protocolCases,
  transactions: transactionCases,
  'publish and subscribe': pubSubCases,
}

/** A Redis server to test. `lack` is why there is none here, then the tests are skipped and say so. */
export type ConformanceTarget = { name: string; url: () => string; lack?: string | undefined }

/**
 * The tests of what a web application may expect of a Redis server. The same tests run over every server we offer, so
 * that one can stand in for another. They empty the server: give them one of their own.
 */
export function describeRedisConformance({ name, url, lack }: ConformanceTarget): void {
  describeWhen(lack, `Redis conformance, ${name}`, () => {
    for (const [family, cases] of Object.entries(FAMILIES)) {
      describe(family, () => {
        test.each(Object.entries(cases))('%s', async (_, run) => {
          await using redis = await openWire(url())
          await redis.call('FLUSHALL')
          await run(redis)
        })
      })
    }
  })
}
