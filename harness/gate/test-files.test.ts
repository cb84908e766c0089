import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { findTestFiles } from './test-files.ts'

test('finds what records, what replays and what tells scenarios, of the systems that are asked for', async () => {
  const root = await mkdtemp(join(tmpdir(), 'concordat-files-'))
  try {
    const files = [
      'consumers/shop/page/books/list.pact.test.ts',
      'consumers/shop/page/api.test.ts',
      'consumers/store/page/a.pact.test.ts',
      'mocks/shop/catalogue.replay.test.ts',
      'mocks/shop/catalogue.mock.test.ts',
      'providers/shop/catalogue/catalogue.replay.test.ts',
      'scenarios/shop/buy.scenario.test.ts',
      'scenarios/shop/drift-live.scenario.test.ts',
      'scenarios/shop/browser.ts',
    ]
    for (const file of files) {
      await mkdir(dirname(join(root, file)), { recursive: true })
      await writeFile(join(root, file), '')
    }
    const found = await findTestFiles(root, ['shop', 'no-such-system'])
    expect(Object.values(found).map((paths) => paths.map((path: string) => relative(root, path)))).toEqual([
      ['consumers/shop/page/books/list.pact.test.ts'],
      ['providers/shop/catalogue/catalogue.replay.test.ts', 'mocks/shop/catalogue.replay.test.ts'],
      ['scenarios/shop/buy.scenario.test.ts', 'scenarios/shop/drift-live.scenario.test.ts'],
    ])
  } finally {
    await rm(root, { recursive: true })
  }
})
