import { glob, readFile, stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { UsageError } from '#harness/project/usage-error.ts'
import { git } from '../client/git.ts'

/** The JSON files of a source, wherever they are. */
export type LedgerTree = Readonly<{
  source: string
  /** Paths from the root of the source, with slashes. */
  files: readonly string[]
  read: (file: string) => Promise<string>
}>

/**
 * Opens a directory, or a git ref (a branch, a tag, a commit) of the repository that a folder is in. Of a ref only `pacts/` is read.
 * @throws UsageError where it is neither.
 */
export async function openLedgerTree(place: string, folder: string): Promise<LedgerTree> {
  const path = resolve(folder, place)
  const found = await stat(path).catch(() => undefined)
  if (found?.isDirectory()) return directoryTree(path)
  const commit = await git(folder, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${place}^{commit}`])
  if (commit === undefined)
    throw new UsageError(`--ledger names "${place}", which is no directory and no git ref. Name one that is there.`)
  return refTree(place, commit, folder)
}

async function directoryTree(path: string): Promise<LedgerTree> {
  const files: string[] = []
  for await (const file of glob('**/*.json', { cwd: path, exclude: (name) => name === 'node_modules' }))
    files.push(file.replaceAll('\\', '/'))
  return { source: path, files: files.toSorted(), read: (file) => readFile(resolve(path, file), 'utf8') }
}

async function refTree(place: string, commit: string, folder: string): Promise<LedgerTree> {
  const listed = await git(folder, ['ls-tree', '-r', '--name-only', '--full-tree', '-z', commit, '--', 'pacts'])
  const files = (listed ?? '').split('\0').filter((file) => file.endsWith('.json'))
  return {
    source: `${place} (${commit.slice(0, 12)})`,
    files,
    async read(file) {
      const text = await git(folder, ['cat-file', 'blob', `${commit}:${file}`])
      if (text === undefined)
        throw new UsageError(`${file} cannot be read at ${place}. Fetch the whole of that commit.`)
      return text
    },
  }
}
