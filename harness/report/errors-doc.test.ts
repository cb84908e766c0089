import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { exitCodes } from '#harness/cli/exit-code.ts'
import { findingCodes } from '#harness/contract/finding.ts'
import { filesUnder } from '#harness/gate/test-files.ts'

const repository = join(import.meta.dirname, '..', '..')

/** The sections of docs/errors.md by the code in their heading. */
async function sections(): Promise<ReadonlyMap<string, string>> {
  const text = await readFile(join(repository, 'docs', 'errors.md'), 'utf8')
  const parts = text.split(/^### `/m).slice(1)
  return new Map(parts.map((part) => [part.slice(0, part.indexOf('`')), part]))
}

test('docs/errors.md has a section for every finding code, and for nothing else', async () => {
  expect([...(await sections()).keys()].toSorted()).toEqual(Object.keys(findingCodes).toSorted())
})

test('a section says what the code means in the words of the table, gives an example and says what to do', async () => {
  const documented = await sections()
  for (const [code, meaning] of Object.entries(findingCodes)) {
    const [, said, example, advice] =
      /^\S+\n\n(.+)\n\n```text\n([\s\S]+?)\n```\n\n(\S(?:.|\n(?!\n))+)/.exec(documented.get(code) ?? '') ?? []
    expect({ code, said }).toEqual({ code, said: meaning })
    expect(example).toMatch(new RegExp(`^${code}:.*\n    \\S`))
    expect(advice).toMatch(/\S{3}[^]*\.\n?$/)
  }
})

test('the exit codes of the document are those of the command line', async () => {
  const text = await readFile(join(repository, 'docs', 'errors.md'), 'utf8')
  const documented = [...text.matchAll(/^\| +(\d+) +\|/gm)].map(([, code]) => Number(code))
  expect(documented).toEqual(Object.values(exitCodes))
})

test('every finding code is used by the engine', async () => {
  const files = (await filesUnder(join(repository, 'harness'), '.ts')).filter(
    // The command line only tells of what others find.
    (file) => !/\.test\.ts$|\/testing\/|contract\/finding\.ts$|harness\/cli\//.test(file),
  )
  const sources = (await Promise.all(files.map((file) => readFile(file, 'utf8')))).join('\n')
  const unused = Object.keys(findingCodes).filter((code) => !sources.includes(`'${code}'`))
  expect(unused).toEqual([])
})
