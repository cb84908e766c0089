import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findChromium } from './chromium.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chromium-'))
  await writeFile(join(folder, 'google-chrome'), '')
  await chmod(join(folder, 'google-chrome'), 0o755)
  await writeFile(join(folder, 'chromium'), 'cannot be executed')
})
afterAll(() => rm(folder, { recursive: true }))

test('it is what CHROMIUM_PATH names', () => {
  expect(findChromium({ CHROMIUM_PATH: '/opt/chrome', PATH: folder })).toBe('/opt/chrome')
})

test('else it is on the PATH, under one of its names', () => {
  expect(findChromium({ PATH: `/no-such-folder:${folder}` })).toBe(join(folder, 'google-chrome'))
})

test('where there is none, there is none', () => {
  expect(findChromium({ PATH: '/no-such-folder' })).toBeUndefined()
})
