import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { EnvironmentError } from '#harness/stack/environment-error.ts'
import { UsageError } from '#harness/project/usage-error.ts'
import { checkBuildFolder, markBuildFolder } from './build-folder.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'concordat-build-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

test('a folder is taken that is new, empty, or has an earlier build in it', async () => {
  const built = join(folder, 'new')
  await checkBuildFolder(built)
  await checkBuildFolder(built)
  await writeFile(join(built, 'index.html'), '')
  await markBuildFolder(built)
  await checkBuildFolder(built)
})

test('a folder with anything else in it is left alone', async () => {
  await writeFile(join(folder, 'thesis.txt'), '')
  await expect(checkBuildFolder(folder)).rejects.toThrow(UsageError)
  await expect(checkBuildFolder(folder)).rejects.toThrow('has files that are no build of pages, and would be emptied')
  expect(await readdir(folder)).toEqual(['thesis.txt'])
})

test('what is no folder is refused, and so is one that cannot be made', async () => {
  const file = join(folder, 'file')
  await writeFile(file, '')
  await expect(checkBuildFolder(file)).rejects.toThrow('is no folder')
  await expect(checkBuildFolder(join(file, 'below'))).rejects.toThrow('is no folder')
  await expect(checkBuildFolder(join(folder, 'x'.repeat(300)))).rejects.toThrow(EnvironmentError)
})
