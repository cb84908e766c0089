import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { shopPact } from '../testing/shop-pact.ts'
import { readLedger } from './read-ledger.ts'
import { writeResults } from './write-results.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'concordat-ledger-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

async function write(file: string, content: unknown): Promise<void> {
  await mkdir(dirname(join(folder, file)), { recursive: true })
  await writeFile(join(folder, file), JSON.stringify(content))
}

test('pacts and the results of replays are put together by what was promised', async () => {
  const pact = shopPact('till', { id: 7 }) as { interactions: readonly Record<string, unknown>[] }
  await write('pacts/shop/till--backend.json', pact)
  const interaction = { ...pact.interactions[0], comments: { testname: 'elsewhere' } }
  const replayed = { consumer: 'till', provider: 'shop-backend', target: 'live', providerVersion: 'v1' }
  await writeResults(join(folder, 'results'), { ...replayed, outcomes: [{ interaction, findings: [] }] })
  const { edges } = await readLedger(folder, folder)
  expect(edges).toMatchObject([
    {
      consumer: 'till',
      provider: 'shop-backend',
      interactions: [
        {
          description: 'reads an order given orderExists',
          replays: [{ target: 'live', providerVersion: 'v1', ok: true }],
        },
      ],
    },
  ])
})

test('a committed ledger is read as it is', async () => {
  const replayed = [{ target: 'live', providerVersion: 'v1', at: '2026-01-01', ok: true }]
  const interactions = {
    'till -> backend': [{ description: 'reads', contract: 'c', test: 't', interaction: 'i', replayed }],
  }
  await write('pacts/ledger.json', { interactions })
  expect((await readLedger(folder, folder)).edges).toEqual([
    { consumer: 'till', provider: 'backend', interactions: [{ description: 'reads', digest: 'i', replays: replayed }] },
  ])
})

test('a ledger that is none, and a folder without anything, are usage errors', async () => {
  await expect(readLedger(folder, folder)).rejects.toThrow('has no ledger and no pact')
  await write('ledger.json', { interactions: { 'till -> backend': [{ description: 'reads' }] } })
  await expect(readLedger(folder, folder)).rejects.toThrow(
    'ledger.json is no ledger: interactions.till -> backend.0.interaction',
  )
  await expect(readLedger('nowhere', folder)).rejects.toThrow('which is no directory and no git ref')
  await expect(readLedger('--help', folder)).rejects.toThrow('which is no directory and no git ref')
})
