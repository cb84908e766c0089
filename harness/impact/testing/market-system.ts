/**
 * The files of a made-up system of two providers, of which one calls the other, and two further consumers. Nothing of it
 * runs: what depends on what is all that counts.
 */
export const marketSystem: Readonly<Record<string, string>> = {
  'contracts/market/shapes.ts': `
import { z } from 'zod'
import { errorShape } from '#harness/contract/error-shape.ts'

export const Problem = z.object({ message: z.string() })
export const errors = errorShape(Problem, { body: ({ message }) => ({ message }), read: ({ message }) => ({ code: '', message }) })
`,
  'contracts/market/stock.ts': `
import { z } from 'zod'
import { contract } from '#harness/contract/contract.ts'
import { http } from '#harness/contract/operation.ts'
import { errors } from './shapes.ts'

export const stock = contract('market-stock', {
  errors,
  operations: { getItem: http.get('/items', { replies: { 200: z.object({ name: z.string() }) } }) },
})
`,
  'contracts/market/money.ts': `export const cents = 100\n`,
  'contracts/market/bank.ts': `
import { z } from 'zod'
import { contract } from '#harness/contract/contract.ts'
import { http } from '#harness/contract/operation.ts'
import { cents } from './money.ts'
import { errors } from './shapes.ts'

export const bank = contract('market-bank', {
  errors,
  operations: { pay: http.post('/payments', { body: z.object({ cents: z.int().max(cents) }), replies: { 201: z.object({}) } }) },
})
`,
  'contracts/market/ports.ts': `export const ports = { till: 7201, app: 7202, stock: 7203, bank: 7204 }\n`,
  'contracts/market/system.ts': `
import { system as declareSystem } from '#harness/contract/system.ts'
import { bank } from './bank.ts'
import { ports } from './ports.ts'
import { stock } from './stock.ts'

const environment = {}
export const system = declareSystem('market', {
  components: {
    till: { port: ports.till, environment },
    app: { port: ports.app, environment },
    stock: { contract: stock, port: ports.stock, environment },
    bank: { contract: bank, port: ports.bank, environment },
  },
  edges: [
    { consumer: 'till', provider: 'stock' },
    { consumer: 'till', provider: 'bank' },
    { consumer: 'app', provider: 'stock' },
    { consumer: 'bank', provider: 'stock' },
  ],
  startOrder: ['stock', 'bank', 'till', 'app'],
  agreements: [],
})
`,
  'consumers/market/shared/client.ts': `export const client = 1\n`,
  'consumers/market/till/stock-client.ts': `
import { client } from '../shared/client.ts'
import { stock } from '#contracts/market/stock.ts'
export const stockClient = [client, stock]
`,
  'consumers/market/till/stock.pact.test.ts': `import './stock-client.ts'\nimport './testing/words.ts'\n`,
  'consumers/market/till/bank.pact.test.ts': `import { bank } from '#contracts/market/bank.ts'\nbank\n`,
  'consumers/market/till/testing/words.ts': `export const words = 1\n`,
  'consumers/market/till/stock-client.test.ts': `import './stock-client.ts'\n`,
  'consumers/market/app/items.pact.test.ts': `import { stock } from '#contracts/market/stock.ts'\nstock\n`,
  'consumers/market/app/page.tsx': `export const page = 1\n`,
  'consumers/market/bank/stock-client.ts': `import { stock } from '#contracts/market/stock.ts'\nexport const client = stock\n`,
  'consumers/market/bank/stock.pact.test.ts': `import './stock-client.ts'\n`,
  'providers/market/stock/main.ts': `export const main = 1\n`,
  'providers/market/stock/main.test.ts': `import './main.ts'\n`,
  'providers/market/stock/migrations/001.sql': `create table items ()\n`,
  'providers/market/stock/stock.replay.test.ts': `replays\n`,
  'providers/market/bank/main.ts': `import '#consumers/market/bank/stock-client.ts'\n`,
  'providers/market/bank/bank.replay.test.ts': `replays\n`,
  'providers/market/bank/Dockerfile': `FROM scratch\n`,
  'providers/market/compose.replay.test.ts': `replays\n`,
  'mocks/market/stock.mock.ts': `import './stock/memory.ts'\n`,
  'mocks/market/stock.replay.test.ts': `replays\n`,
  'mocks/market/stock/memory.ts': `export const memory = 1\n`,
  'mocks/market/bank.mock.ts': `import './shared/clock.ts'\n`,
  'mocks/market/bank.replay.test.ts': `replays\n`,
  'mocks/market/shared/clock.ts': `export const clock = 1\n`,
  'scenarios/market/buy.scenario.test.ts': `import './steps.ts'\n`,
  'scenarios/market/pay.scenario.test.ts': `export {}\n`,
  'scenarios/market/drift-live.scenario.test.ts': `import './drifts/all.ts'\n`,
  'scenarios/market/steps.ts': `export const steps = 1\n`,
  'scenarios/market/drifts/all.ts': `export const drifts = 1\n`,
  'compose/market/compose.yaml': `services: {}\n`,
  'README.md': `# Market\n`,
  LICENSE: `Free\n`,
}
