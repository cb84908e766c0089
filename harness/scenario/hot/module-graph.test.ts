import { realpathSync } from 'node:fs'
import { join, relative } from 'node:path'
import { notesSystem } from '#harness/testing/notes-system.ts'
import { temporaryProject, type TemporaryProject } from '#harness/testing/temporary-project.ts'
import { moduleGraph } from './module-graph.ts'

// What becomes of modules that are renewed is shown by `concordat up`: see harness/cli/up/reloading.test.ts.

let project: TemporaryProject
beforeAll(async () => {
  project = await temporaryProject({
    ...notesSystem,
    'mocks/desk/notes/words.ts': `export type Word = string\nexport { makeMemory as remember } from './memory.ts'\n`,
    'mocks/desk/notes/typed.ts': `import type { Word } from './words.ts'\nexport const word: Word = ''\n`,
    'mocks/desk/notes/later.ts': `export const later = () => import('./words.ts')\nimport './typed.ts'\n`,
    'mocks/desk/notes/memory.test.ts': `import './memory.ts'\n`,
  })
})
afterAll(() => project[Symbol.asyncDispose]())

function needing(...files: readonly string[]): readonly string[] {
  const root = realpathSync(project.root)
  const { dependents } = moduleGraph([join(root, 'contracts/desk'), join(root, 'mocks/desk')])
  return [...dependents(files.map((file) => join(root, file)))].map((file) => relative(root, file)).toSorted()
}

test('what needs a file is found across folders, by whatever way', () => {
  expect(needing('contracts/desk/shapes.ts')).toEqual([
    'contracts/desk/notes.ts',
    'contracts/desk/shapes.ts',
    'contracts/desk/system.ts',
    'mocks/desk/notes.mock.ts',
  ])
})

test('an import of types alone, and a test, do not need a file; an import for later does', () => {
  expect(needing('mocks/desk/notes/words.ts')).toEqual(['mocks/desk/notes/later.ts', 'mocks/desk/notes/words.ts'])
  expect(needing('mocks/desk/notes/memory.ts')).toEqual([
    'mocks/desk/notes.mock.ts',
    'mocks/desk/notes/later.ts',
    'mocks/desk/notes/memory.ts',
    'mocks/desk/notes/words.ts',
  ])
})

test('a file that nobody needs, or that is not there, stands alone', () => {
  expect(needing('mocks/desk/new.ts')).toEqual(['mocks/desk/new.ts'])
})
