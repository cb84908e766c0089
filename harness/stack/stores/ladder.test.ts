import { EnvironmentError } from '../environment-error.ts'
import { climb } from './ladder.ts'
import type { Rung, StoreRecipe } from './rung.ts'
import { runningStore } from './store.ts'
import type { StoreMode } from './store.ts'

function offers(mode: StoreMode): Rung {
  const parts = {
    kind: 'redis',
    mode,
    url: `redis://${mode}`,
    description: `Redis, ${mode}`,
    stop: async () => {},
  } as const
  return { mode, start: () => Promise.resolve({ kind: 'started', store: runningStore(parts) }) }
}

function lacks(mode: StoreMode, reason: string): Rung {
  return { mode, start: () => Promise.resolve({ kind: 'unavailable', reason }) }
}

const unset: Rung = { mode: 'environment', start: () => Promise.resolve({ kind: 'unset', reason: 'no URL is set' }) }

function recipe(...rungs: Rung[]): StoreRecipe {
  return { kind: 'redis', title: 'Redis', rungs }
}

test('the first way that this machine offers is taken', async () => {
  const store = await climb(recipe(offers('environment'), offers('containers'), offers('embedded')), {})
  expect(store).toMatchObject({ mode: 'environment', description: 'Redis, environment' })
})

test('what could not be used is told, but not that nobody set a URL', async () => {
  const rungs = [
    unset,
    lacks('containers', 'no Docker engine.\nmore'),
    lacks('binaries', 'not on PATH'),
    offers('embedded'),
  ]
  const store = await climb(recipe(...rungs), { CONCORDAT_STORES: '' })
  expect(store.description).toBe('Redis, embedded (no containers: no Docker engine; no binaries: not on PATH)')
})

test.each(['containers', 'binaries', 'embedded'] as const)('CONCORDAT_STORES=%s takes that way alone', async (mode) => {
  const all = recipe(offers('environment'), offers('containers'), offers('binaries'), offers('embedded'))
  const store = await climb(all, { CONCORDAT_STORES: mode })
  expect(store).toMatchObject({ mode, description: `Redis, ${mode}` })
})

test('a forced way that is not there is an error, whatever else there is', async () => {
  const starting = climb(recipe(lacks('containers', 'no Docker engine'), offers('embedded')), {
    CONCORDAT_STORES: 'containers',
  })
  await expect(starting).rejects.toThrow(EnvironmentError)
  await expect(starting).rejects.toThrow(
    'Cannot get a Redis server with CONCORDAT_STORES=containers:\n  - containers: no Docker engine\nMake that work, or unset CONCORDAT_STORES',
  )
})

test.each(['docker', 'environment', 'Containers'])('CONCORDAT_STORES=%s is no way to get a store', async (value) => {
  const starting = climb(recipe(offers('embedded')), { CONCORDAT_STORES: value })
  await expect(starting).rejects.toThrow(EnvironmentError)
  await expect(starting).rejects.toThrow(
    `Cannot choose stores: CONCORDAT_STORES is "${value}", which is no way to get one. Set it to containers, binaries, embedded, or unset it.`,
  )
})

test('when nothing works every reason is given', async () => {
  const starting = climb(recipe(unset, lacks('binaries', 'not on PATH')), {})
  await expect(starting).rejects.toThrow(
    'Cannot get a Redis server:\n  - environment: no URL is set\n  - binaries: not on PATH\n' +
      'Start Docker, install the server, or set CONCORDAT_REDIS_URL to one that runs.',
  )
})
