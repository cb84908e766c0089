import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readReport } from './read-report.ts'
import { reportFiles, writeReport } from './report-files.ts'
import { allWrong, reportOf } from './testing/example-report.ts'

const jwt = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U'
const signature = '5eykt4UsFv8P8NJdTREpY1vzqKqZKvdpKuc147dw2N9dU3WjHmMzA1dX3W9SJ7oZ8xWqJr3jGvM2qzZkT7Lh4Kab'

test.each([
  ['a token', `authorization: Bearer ${jwt}`, jwt],
  ['a token out of its place', `answered ${jwt} to nobody`, 'dozjgNryP4J3jVmNHl0w5N'],
  ['a cookie', 'cookie: session=hunter2; theme=hunter2', 'hunter2'],
  ['a set cookie', '{"set-cookie":["session=hunter2; Path=/"]}', 'hunter2'],
  ['a password', '{"email":"ann@example.com","password":"hunter2"}', 'hunter2'],
  ['a password in an address', 'postgres://app:hunter2@localhost/shop', 'hunter2'],
  ['a signature', `x-signature: ${signature}`, signature],
  ['a signature out of its place', `signed by ${signature}`, signature],
  ['a private key', '-----BEGIN PRIVATE KEY-----\nhunter2hunter2\n-----END PRIVATE KEY-----', 'hunter2'],
  ['an API key', 'x-api-key: hunter2', 'hunter2'],
])('%s in whatever tests and services say is in no file', async (_what, said, secret) => {
  const report = await reportOf(allWrong(said))
  for (const [name, textOf] of Object.entries(reportFiles)) {
    const text = textOf(report).replaceAll(/&#(\d+);/g, (_entity, code: string) => String.fromCodePoint(Number(code)))
    expect({ name, hasSecret: text.includes(secret) }).toEqual({ name, hasSecret: false })
    // The rest of what was said is there all the same.
    expect(text).toContain('***')
  }
})

test('all files follow from report.json alone', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'concordat-report-'))
  try {
    await writeReport(folder, await reportOf(allWrong('<b>&"\'')))
    expect((await readdir(folder)).toSorted()).toEqual(Object.keys(reportFiles).toSorted())
    const read = await readReport(join(folder, 'report.json'))
    for (const [name, textOf] of Object.entries(reportFiles))
      expect(textOf(read)).toBe(await readFile(join(folder, name), 'utf8'))
  } finally {
    await rm(folder, { recursive: true })
  }
})

test('a file that is no report says what is wrong with it', async () => {
  await expect(readReport('/nowhere/report.json')).rejects.toThrow('ENOENT')
  await expect(readReport(join(import.meta.dirname, '../../package.json'))).rejects.toThrow(
    /is no report that can be read: version: /,
  )
})
