import { mkdir, open, readdir, readFile, rename, rm, rmdir, writeFile } from 'node:fs/promises'
import { dirname, join, relative, sep } from 'node:path'
import type { Finding } from '#harness/contract/finding.ts'
import { UsageError } from '#harness/project/usage-error.ts'
import type { GeneratedFile } from './generated-file.ts'

/** What an export gives, and where it lies. */
export type Export = Readonly<{
  folder: string
  files: readonly GeneratedFile[]
  /** By which a file of an earlier run is known. */
  mark: string
  /** The command that makes it. */
  command: string
  system: string
}>

/** What changed by writing: paths within the folder. */
export type Written = Readonly<{ written: readonly string[]; removed: readonly string[] }>

/**
 * Writes what an export gives, each file at once or not at all, and removes files of earlier runs that it does not give any more.
 * Files that are as they should be are left alone.
 * @throws UsageError where a file is in the way that no export wrote, or the folder cannot be written to.
 */
export async function writeExport(made: Export): Promise<Written> {
  try {
    const changed = (await states(made)).filter(({ state }) => state !== 'current')
    const foreign = changed.filter(({ state }) => state === 'foreign').map(({ path }) => join(made.folder, path))
    if (foreign.length > 0)
      throw new UsageError(
        `${foreign.join(', ')}: not written by ${made.command}. Remove it, or give a folder with --out.`,
      )
    const written = changed.filter(({ state }) => state !== 'stale').map(({ path }) => path)
    const removed = changed.filter(({ state }) => state === 'stale').map(({ path }) => path)
    for (const { path, text } of made.files)
      if (written.includes(path)) await writeAtOnce(join(made.folder, path), text)
    for (const path of removed) await remove(made.folder, path)
    return { written, removed }
  } catch (error) {
    throw asUsageError(error, made.folder)
  }
}

const wrongs = {
  missing: 'It is missing.',
  differing: 'It differs from what the contracts give.',
  foreign: 'It differs from what the contracts give.',
  stale: 'The contracts do not give it any more.',
} as const

/** A finding for each file that is missing, differs or is left over. Writes nothing. */
export async function checkExport(made: Export, root: string): Promise<readonly Finding[]> {
  const all = await states(made).catch((error: unknown) => {
    throw asUsageError(error, made.folder)
  })
  return all.flatMap(({ path, state }): Finding[] => {
    if (state === 'current') return []
    return [
      {
        code: 'export-stale',
        severity: 'error',
        edge: made.system,
        path: relative(root, join(made.folder, path)),
        message: wrongs[state],
        fix: `Run ${made.command} and commit what it writes.`,
      },
    ]
  })
}

type FileState = Readonly<{ path: string; state: 'current' | keyof typeof wrongs }>

async function states({ folder, files, mark }: Export): Promise<readonly FileState[]> {
  const given = await Promise.all(
    files.map(async ({ path, text }): Promise<FileState> => {
      const found = await textOf(join(folder, path))
      if (found === undefined) return { path, state: 'missing' }
      if (found === text) return { path, state: 'current' }
      return { path, state: found.slice(0, markWithin).includes(mark) ? 'differing' : 'foreign' }
    }),
  )
  const paths = new Set(files.map(({ path }) => path))
  const left = (await markedFiles(folder, mark)).filter((path) => !paths.has(path))
  return [...given, ...left.map((path): FileState => ({ path, state: 'stale' }))]
}

async function textOf(file: string): Promise<string | undefined> {
  return readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
}

/** How far from its beginning a file has its mark at most. */
const markWithin = 400

/** The files under a folder that bear the mark, their paths with `/`. */
async function markedFiles(folder: string, mark: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw error
  })
  const found = entries.map(async (entry): Promise<readonly string[]> => {
    const path = join(folder, entry.name)
    if (entry.isDirectory() && !/^(\.|node_modules$|__pycache__$)/.test(entry.name))
      return (await markedFiles(path, mark)).map((file) => `${entry.name}/${file}`)
    return entry.isFile() && (await startOf(path)).includes(mark) ? [entry.name] : []
  })
  return (await Promise.all(found)).flat().toSorted()
}

async function startOf(file: string): Promise<string> {
  await using handle = await open(file)
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(markWithin), 0, markWithin, 0)
  return buffer.toString('utf8', 0, bytesRead)
}

async function writeAtOnce(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true })
  const draft = `${file}.${process.pid}.tmp`
  try {
    await writeFile(draft, text)
    await rename(draft, file)
  } catch (error) {
    await rm(draft, { force: true })
    throw error
  }
}

/** Removes a file, and the folders that are empty without it. */
async function remove(folder: string, path: string): Promise<void> {
  await rm(join(folder, path))
  const steps = path.split('/').slice(0, -1)
  for (let depth = steps.length; depth > 0; depth--) {
    const isGone = await rmdir(join(folder, steps.slice(0, depth).join(sep))).then(
      () => true,
      () => false,
    )
    if (!isGone) return
  }
}

/** By what it has, not by class: what the file system throws may come from another realm, as in a test's sandbox. */
function asUsageError(error: unknown, folder: string): unknown {
  const { code } = error as NodeJS.ErrnoException
  return code === undefined
    ? error
    : new UsageError(`${folder} cannot be used: ${code}. Give another folder with --out.`)
}
