import { execFile } from 'node:child_process'
import { mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { makeLogs } from '../observability/log.ts'
import { makeMetrics } from '../observability/metrics.ts'
import { openStorage, type Storage } from './storage.ts'

const id = '3f6c1a52-9a3c-4c55-8c1f-0a1f5b8d2f10'

let mount: string
let storage: Storage
beforeEach(async () => {
  mount = await mkdtemp(join(tmpdir(), 'storage-'))
  storage = openStorage(mount, { logs: makeLogs('silent'), metrics: makeMetrics(), patienceMs: 200 })
})
afterEach(() => rm(mount, { recursive: true, force: true }))

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

test('a file is kept under the day in UTC, can be read, replaced and removed', async () => {
  const path = await storage.save(id, bytes('one'))
  expect(path).toMatch(new RegExp(`^\\d{4}/\\d{2}/\\d{2}/${id}$`))
  await storage.save(id, bytes('two'))
  expect(Buffer.from(await storage.read(path)).toString()).toBe('two')
  await storage.remove(path)
  await expect(storage.read(path)).rejects.toThrow('ENOENT')
})

test('many files of a new day can be kept at the same time', async () => {
  const ids = Array.from({ length: 10 }, () => crypto.randomUUID())
  const paths = await Promise.all(ids.map((one) => storage.save(one, bytes(one))))
  for (const [index, path] of paths.entries()) {
    expect(await readFile(join(mount, path), 'utf8')).toBe(ids[index])
  }
})

test('a mount that is a file, or is not there, is not well', async () => {
  await expect(storage.check()).resolves.toBeUndefined()
  const tools = { logs: makeLogs('silent'), metrics: makeMetrics() }
  await writeFile(join(mount, 'file'), '')
  await expect(openStorage(join(mount, 'file'), tools).check()).rejects.toThrow('is no directory')
  await expect(openStorage(join(mount, 'missing'), tools).check()).rejects.toThrow('ENOENT')
})

test('a mount that hangs is given up in time, then refused at once, and used again when it comes back', async () => {
  // Reading a pipe that nobody writes to waits in the kernel, as a mount does whose server is gone.
  await promisify(execFile)('mkfifo', [join(mount, 'pipe')])
  const hanging = await Promise.allSettled([storage.read('pipe'), storage.read('pipe')])
  expect(hanging.map((result) => String((result as PromiseRejectedResult).reason))).toEqual(
    Array(2).fill('DeadlineExceeded: read took longer than 200 ms'),
  )
  const started = performance.now()
  await expect(storage.save(id, bytes('x'))).rejects.toThrow('the storage mount hangs')
  expect(performance.now() - started).toBeLessThan(150)
  const writer = await open(join(mount, 'pipe'), 'w')
  await writer.close()
  while (!(await storage.save(id, bytes('x')).catch(() => false)))
    await new Promise((resolve) => setTimeout(resolve, 5))
  expect(await storage.check()).toBeUndefined()
})
