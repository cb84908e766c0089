import nodeCrypto from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { noteDraws, repeatDraws, watchChance } from './chance.ts'

beforeAll(watchChance)

function drawAll() {
  const bytes = crypto.getRandomValues(new Uint8Array(4))
  return [crypto.randomUUID(), nodeCrypto.randomUUID(), Math.random(), [...bytes], new Date().toISOString(), Date.now()]
}

test('what is done again gets the same ids, numbers, bytes and times', async () => {
  const noted = noteDraws()
  const first = await noted.run(async () => {
    const before = drawAll()
    await pause(5)
    return [before, drawAll()]
  })
  noted.end()
  const repeated = repeatDraws(noted.drawn)
  const again = await repeated.run(async () => {
    const before = drawAll()
    await pause(1)
    return [before, drawAll()]
  })
  expect(again).toEqual(first)
})

test('where it asks for more, ids are new and time stands still', () => {
  const noted = noteDraws()
  const [id, time] = noted.run(() => [crypto.randomUUID(), Date.now()])
  const repeated = repeatDraws(noted.drawn)
  const asked = repeated.run(() => [crypto.randomUUID(), crypto.randomUUID(), Date.now(), Date.now()])
  expect(asked).toEqual([id, expect.not.stringMatching(String(id)), time, time])
})

test('once it is over, chance and clock are the real ones again, also for what it began', async () => {
  const noted = noteDraws()
  const late = noted.run(async () => {
    await pause(5)
    return crypto.randomUUID()
  })
  noted.end()
  expect(await late).toMatch(/^[\da-f-]{36}$/)
  expect(noted.drawn.id).toEqual([])
})

test('each of two that are done at once gets its own', async () => {
  const notes = [noteDraws(), noteDraws()]
  const draw = async () => {
    await pause(1)
    return crypto.randomUUID()
  }
  const ids = await Promise.all(notes.map((note) => note.run(draw)))
  const again = await Promise.all(notes.map(({ drawn }) => repeatDraws(drawn).run(draw)))
  expect(again).toEqual(ids)
})

test('dates stay dates', () => {
  expect(new Date(0)).toBeInstanceOf(Date)
  expect(new Date(2026, 0, 2).getFullYear()).toBe(2026)
  expect(structuredClone(new Date(5)).getTime()).toBe(5)
  expect(Math.abs(Date.now() - performance.timeOrigin - performance.now())).toBeLessThan(1000)
})
