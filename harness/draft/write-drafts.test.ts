import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { library } from '#harness/serve/example-contract.ts'
import { draftInteraction } from './draft-interaction.ts'
import type { DescribedDraft, DraftSetting } from './draft-file.ts'
import { seen } from './testing/seen.ts'
import { writeDrafts } from './write-drafts.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'drafts-'))
})
afterEach(() => rm(folder, { recursive: true }))

const setting: DraftSetting = {
  system: 'town',
  edge: { consumer: 'late-reader', provider: 'library' },
  module: { specifier: '#contracts/town/library.ts', exported: 'library' },
}

function draft(description: string, name: string, path: string, headers: Record<string, string> = {}): DescribedDraft {
  return {
    description,
    draft: draftInteraction(library, { name, call: seen({ path, headers, reply: { books: [], page: 1 } }) }, []),
  }
}
const list = draft('lists books', 'listBooks', '/books')

async function written(drafts: readonly DescribedDraft[]) {
  const all = await writeDrafts(folder, drafts, setting)
  return all.map(({ file, drafts: fresh, known }) => ({
    file: file && basename(file),
    fresh: fresh.length,
    known: known.map((one) => basename(one)),
  }))
}

test('there is a file for each operation, and none is written over', async () => {
  await writeFile(join(folder, 'list-books.pact.test.ts'), '// by hand')
  expect(await written([list, draft('asks', 'desk', '/desk')])).toEqual([
    { file: 'list-books-2.pact.test.ts', fresh: 1, known: [] },
    { file: 'desk.pact.test.ts', fresh: 1, known: [] },
  ])
  expect(await readFile(join(folder, 'list-books.pact.test.ts'), 'utf8')).toBe('// by hand')
})

test('what is there word by word is not written again', async () => {
  await written([list])
  expect(await written([list, draft('lists books again', 'listBooks', '/books')])).toEqual([
    { file: 'list-books-2.pact.test.ts', fresh: 1, known: ['list-books.pact.test.ts'] },
  ])
  expect(await written([list])).toEqual([{ file: undefined, fresh: 0, known: expect.any(Array) }])
  expect((await readdir(folder)).toSorted()).toEqual(['list-books-2.pact.test.ts', 'list-books.pact.test.ts'])
})

test('a draft that lacks a state says which there are, and imports what stands for it', async () => {
  await written([draft('asks', 'desk', '/desk', { authorization: 'Bearer ***' })])
  const text = await readFile(join(folder, 'desk.pact.test.ts'), 'utf8')
  expect(text).toContain("import { stateToChoose } from '#harness/draft/state-to-choose.ts'")
  expect(text).toContain("given: [stateToChoose('member')],")
  expect(text).toContain("const lateReader = consumer('town-late-reader').of(library)")
})
