import { chmod, mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { keepDoor, keptDoor, newDoor } from './door.ts'

let folder: string
let file: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'concordat-door-'))
  file = join(folder, 'control', 'shop.json')
})
afterEach(() => rm(folder, { recursive: true, force: true }))

test('a door that is kept is found again, and nobody else may read it', async () => {
  const door = { ...newDoor(), port: 41_234 }
  await keepDoor(file, door)
  expect(await keptDoor(file)).toEqual(door)
  expect((await stat(file)).mode & 0o777).toBe(0o600)
})

test('each door that is new has a token of its own', () => {
  expect(newDoor().token).not.toBe(newDoor().token)
})

test('a door that others could read is not taken', async () => {
  await keepDoor(file, newDoor())
  await chmod(file, 0o644)
  expect(await keptDoor(file)).toBeUndefined()
})

test('where nothing was kept, or nothing that is a door, there is none', async () => {
  expect(await keptDoor(file)).toBeUndefined()
  await keepDoor(file, newDoor())
  await writeFile(file, '{"token":"short"}')
  expect(await keptDoor(file)).toBeUndefined()
})
