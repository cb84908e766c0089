import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { UsageError } from '#harness/project/usage-error.ts'
import { readCalls } from './read-calls.ts'
import { seen } from './testing/seen.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'calls-'))
})
afterEach(() => rm(folder, { recursive: true }))

async function reading(text: string): Promise<unknown> {
  const file = join(folder, 'seen.jsonl')
  await writeFile(file, text)
  return readCalls(file)
}

test('each line is a call; states need not be there', async () => {
  const { established: _none, ...call } = seen({ path: '/books' })
  expect(await reading(`${JSON.stringify(call)}\n\n${JSON.stringify(seen({ path: '/readme' }))}\n`)).toMatchObject([
    { path: '/books', established: [] },
    { path: '/readme' },
  ])
})

test.each([
  ['{"id": 1}', 'seen.jsonl:1 is no exchange: at: Invalid input'],
  [`${JSON.stringify(seen({ path: '/books' }))}\nnothing`, 'seen.jsonl:2 is no JSON. Each line has to be an exchange'],
])('a line that is none is a usage error with its number: %s', async (text, message) => {
  await expect(reading(text)).rejects.toThrow(message)
  await expect(reading(text)).rejects.toThrow(UsageError)
})

test('a file that is not there is a usage error', async () => {
  await expect(readCalls(join(folder, 'none.jsonl'))).rejects.toThrow('none.jsonl cannot be read: ENOENT. Give a file')
})
