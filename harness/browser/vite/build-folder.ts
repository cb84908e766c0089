import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { EnvironmentError } from '#harness/stack/environment-error.ts'
import { UsageError } from '#harness/project/usage-error.ts'

/** The file by which a folder is known to hold nothing but pages that were built. */
const mark = '.concordat-pages'

/**
 * Makes sure that a folder can be emptied and built into: it is not there yet, is empty, or holds an earlier build.
 * @throws UsageError where something else is in it; EnvironmentError where it cannot be made.
 */
export async function checkBuildFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true })
    const names = await readdir(folder)
    if (names.length === 0 || names.includes(mark)) return
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EEXIST' || code === 'ENOTDIR')
      throw new UsageError(`--out ${folder} is no folder. Name one, or one that is not there yet.`)
    throw new EnvironmentError(
      `Cannot build into ${folder}: ${(error as Error).message}. Name another folder with --out.`,
    )
  }
  throw new UsageError(
    `--out ${folder} has files that are no build of pages, and would be emptied. Name an empty folder, or one that is not there yet.`,
  )
}

/** Lets the next build empty the folder again. */
export async function markBuildFolder(folder: string): Promise<void> {
  await writeFile(join(folder, mark), 'Pages that concordat built: the next build empties this folder.\n')
}
