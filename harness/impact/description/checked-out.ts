import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { paths, projectRoot } from '#harness/project/paths.ts'
import { guardDirectory } from '#harness/stack/warden.ts'
import type { Base } from '../base.ts'
import { gitWith } from '../git.ts'

/** The files of a commit in a folder of their own, gone with its scope however the run ends. */
export type CheckedOut = AsyncDisposable & Readonly<{ folder: string; root: string }>

/**
 * Checks a commit out beside the working tree, with an index of its own: a `git worktree` would be entered in the
 * repository, and stay there when the run is killed. Packages are those of the working tree, by a link.
 */
export async function checkOut({ commit, top }: Base): Promise<CheckedOut> {
  await mkdir(paths.scratch(), { recursive: true })
  const folder = await mkdtemp(join(paths.scratch(), 'ref-'))
  const guard = guardDirectory(folder)
  try {
    const env = { GIT_INDEX_FILE: join(folder, 'index') }
    await gitWith(env, top, ['read-tree', commit])
    await gitWith(env, top, ['checkout-index', '--all', '--quiet', `--prefix=${join(folder, 'files')}/`])
    const root = join(folder, 'files', relative(top, projectRoot))
    await mkdir(root, { recursive: true })
    for (const name of ['node_modules', 'harness']) await linkIfMissing(name, root)
    return { folder, root, [Symbol.asyncDispose]: () => remove() }
  } catch (error) {
    await remove()
    throw error
  }

  async function remove(): Promise<void> {
    await rm(folder, { recursive: true, force: true })
    guard.release()
  }
}

/** What is not in the repository and contracts need: packages, and a harness that is a package or a link itself. */
async function linkIfMissing(name: string, root: string): Promise<void> {
  if (existsSync(join(root, name))) return
  let folder = projectRoot
  while (!existsSync(join(folder, name)) && dirname(folder) !== folder) folder = dirname(folder)
  if (existsSync(join(folder, name))) await symlink(join(folder, name), join(root, name))
}
