import { itemTest, shopSystem } from '#harness/testing/shop-system.ts'

/** The files of a small system on which a whole gate is green: consumer, live service, mock and one scenario. */
export const gateProject: Readonly<Record<string, string>> = {
  ...shopSystem,
  'contracts/shop/system.ts': `
import { z } from 'zod'
import { system as declareSystem } from '#harness/contract/system.ts'
import { stock } from './stock.ts'

export const system = declareSystem('shop', {
  components: {
    till: { port: 7001, environment: { STOCK_URL: z.url() } },
    stock: {
      contract: stock,
      port: 7002,
      environment: { BIND_ADDRESS: z.string(), SHELF: z.string() },
      bindVariable: 'BIND_ADDRESS',
      stores: { shelf: { kind: 'directory', variable: 'SHELF' } },
    },
  },
  edges: [{ consumer: 'till', provider: 'stock' }],
  startOrder: ['shelf', 'stock', 'till'],
  agreements: [],
})
`,
  'consumers/shop/till/item.pact.test.ts': itemTest([1, 2]),
  'providers/shop/stock/main.ts': liveStock('item'),
  'providers/shop/stock/states.ts': `
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

export const states = async ({ environment }) => {
  const written = []
  const reset = async () => void (await Promise.all(written.splice(0).map((file) => rm(file))))
  return {
    reset,
    handlers: {
      async itemExists({ id }) {
        const file = join(environment.SHELF, String(id))
        written.push(file)
        await writeFile(file, '')
      },
    },
    [Symbol.asyncDispose]: reset,
  }
}
`,
  'providers/shop/stock/stock.replay.test.ts': replayTest('live'),
  'mocks/shop/stock.mock.ts': `
import { Refusal } from '#harness/contract/error-shape.ts'
import { reply } from '#harness/contract/reply.ts'
import { mock as declareMock } from '#harness/mock/mock.ts'
import { stock } from '#contracts/shop/stock.ts'

console.log('a mock may print what it likes')

export const mock = declareMock(stock, {
  memory: () => ({ ids: new Set() }),
  handlers: (shelf) => ({
    getItem({ params: { id } }) {
      if (!shelf.ids.has(id)) throw new Refusal(404, 'no_item', { message: 'There is no such item.' })
      return reply(200, { id, name: 'item' })
    },
  }),
  states: (shelf) => ({ itemExists: ({ id }) => void shelf.ids.add(id) }),
})
`,
  'mocks/shop/stock.replay.test.ts': replayTest('mock'),
  'scenarios/shop/sell.scenario.test.ts': `
import { stories } from '#harness/scenario/stories.ts'

await stories('shop', ['mock'], {
  async 'an item is found'(stack) {
    await stack.setUp('stock', 'itemExists', { id: 7 })
    const answer = await fetch(stack.url('till', 'stock') + '/items/7', { headers: { 'x-request-id': 'seven' } })
    expect(answer.status).toBe(200)
  },
})
`,
}

function replayTest(kind: 'live' | 'mock'): string {
  return `
import { replays } from '#harness/pact/replay/replays.ts'

await replays('shop', 'stock', '${kind}')
`
}

/** The live service: an item is there when its file is on the shelf. */
export function liveStock(name: string): string {
  return `
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Refusal } from '#harness/contract/error-shape.ts'
import { reply } from '#harness/contract/reply.ts'
import { listen } from '#harness/serve/node/host.ts'
import { serve } from '#harness/serve/serve.ts'
import { stock } from '#contracts/shop/stock.ts'

const service = serve(stock, {
  getItem({ params: { id } }) {
    if (!existsSync(join(process.env.SHELF, String(id)))) throw new Refusal(404, 'no_item', { message: 'There is no such item.' })
    return reply(200, { id, name: ${JSON.stringify(name)} })
  },
})
await listen(service, { port: Number(process.env.BIND_ADDRESS.split(':')[1]) })
`
}
