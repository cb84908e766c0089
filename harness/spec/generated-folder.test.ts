import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { UsageError } from '#harness/project/usage-error.ts'
import { generatedMark, type GeneratedFile } from './generated-file.ts'
import { checkExport, writeExport, type Export } from './generated-folder.ts'

const mark = generatedMark('python', 'shop')

async function temporaryExport(...files: readonly string[]): Promise<Export & AsyncDisposable> {
  const folder = await mkdtemp(join(tmpdir(), 'concordat-export-'))
  return {
    ...made(files.map((path) => ({ path, text: `# ${mark}\n${path}\n` }))),
    folder,
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  }
}

function made(files: readonly GeneratedFile[]): Omit<Export, 'folder'> {
  return { files, mark, command: 'concordat export python shop', system: 'shop' }
}

test('files are written with their folders, and no others are left beside them', async () => {
  await using one = await temporaryExport('a.py', 'deep/er/b.py')
  expect(await writeExport(one)).toEqual({ written: ['a.py', 'deep/er/b.py'], removed: [] })
  expect((await readdir(one.folder, { recursive: true })).toSorted()).toEqual([
    'a.py',
    'deep',
    'deep/er',
    'deep/er/b.py',
  ])
  expect(await checkExport(one, one.folder)).toEqual([])
})

test('a second run touches nothing', async () => {
  await using one = await temporaryExport('a.py')
  await writeExport(one)
  const before = await stat(join(one.folder, 'a.py'))
  expect(await writeExport(one)).toEqual({ written: [], removed: [] })
  expect((await stat(join(one.folder, 'a.py'))).ino).toBe(before.ino)
})

test('what an earlier run wrote and this one does not is removed, with the folder that it leaves empty', async () => {
  await using one = await temporaryExport('a.py', 'old/b.py', 'old/er/c.py')
  await writeExport(one)
  await writeFile(join(one.folder, 'mine.py'), 'print("mine")\n')
  await mkdir(join(one.folder, '.git'))
  await writeFile(join(one.folder, '.git', 'x'), mark)
  const fewer = { ...one, files: one.files.slice(0, 1) }
  expect(await checkExport(fewer, one.folder)).toMatchObject([
    { path: 'old/b.py', message: 'The contracts do not give it any more.' },
    { path: 'old/er/c.py' },
  ])
  expect(await writeExport(fewer)).toEqual({ written: [], removed: ['old/b.py', 'old/er/c.py'] })
  expect((await readdir(one.folder)).toSorted()).toEqual(['.git', 'a.py', 'mine.py'])
})

test('a check tells what is missing and what differs, and writes nothing', async () => {
  await using one = await temporaryExport('a.py', 'b.py')
  await writeFile(join(one.folder, 'b.py'), `# ${mark}\nchanged\n`)
  expect(await checkExport(one, one.folder)).toEqual([
    {
      code: 'export-stale',
      severity: 'error',
      edge: 'shop',
      path: 'a.py',
      message: 'It is missing.',
      fix: 'Run concordat export python shop and commit what it writes.',
    },
    expect.objectContaining({ path: 'b.py', message: 'It differs from what the contracts give.' }),
  ])
  expect(await readdir(one.folder)).toEqual(['b.py'])
})

test('a folder that is not there is one where everything is missing', async () => {
  await using one = await temporaryExport('a.py')
  expect(await checkExport({ ...one, folder: join(one.folder, 'none') }, one.folder)).toHaveLength(1)
})

test('a file that somebody else wrote is not overwritten, and nothing else is either', async () => {
  await using one = await temporaryExport('a.py', 'b.py')
  await writeFile(join(one.folder, 'b.py'), 'print("mine")\n')
  await expect(writeExport(one)).rejects.toThrow(/b\.py: not written by concordat export python shop\. Remove it/)
  expect(await readdir(one.folder)).toEqual(['b.py'])
  expect(await readFile(join(one.folder, 'b.py'), 'utf8')).toBe('print("mine")\n')
})

test('a folder that is none, or a folder in place of a file, is a usage error', async () => {
  await using one = await temporaryExport('a.py')
  await writeFile(join(one.folder, 'file'), '')
  await expect(writeExport({ ...one, folder: join(one.folder, 'file') })).rejects.toThrow(UsageError)
  await expect(checkExport({ ...one, folder: join(one.folder, 'file') }, '/')).rejects.toThrow(
    'cannot be used: ENOTDIR',
  )
  await mkdir(join(one.folder, 'a.py'))
  await expect(writeExport(one)).rejects.toThrow('cannot be used: EISDIR')
  expect((await readdir(one.folder)).toSorted()).toEqual(['a.py', 'file'])
})

test('a file that cannot be put in its place leaves no draft behind', async () => {
  await using one = await temporaryExport('deep/a.py')
  await writeFile(join(one.folder, 'deep'), '')
  await expect(writeExport(one)).rejects.toThrow(UsageError)
  await chmod(one.folder, 0o755)
  expect(await readdir(one.folder)).toEqual(['deep'])
})
