import { UsageError } from '#harness/project/usage-error.ts'
import { git, GitFailed } from './git.ts'

/** A commit that what is there now is compared with. */
export type Base = Readonly<{
  /** As the user wrote it: `origin/main`. */
  ref: string
  /** Where the work since began: the last commit that the ref and HEAD have in common. */
  commit: string
  /** The top folder of the working tree, absolute. */
  top: string
}>

/**
 * Finds the commit that the work in a folder began at.
 * @throws UsageError where the folder is in no repository, the ref is unknown, or the history is cut off before the commit.
 */
export async function findBase(folder: string, ref: string): Promise<Base> {
  const top = await topOf(folder)
  const shallow = (await git(folder, 'rev-parse', '--is-shallow-repository')) === 'true'
  const depth = shallow
    ? ' This clone is shallow: fetch all of it with `git fetch --unshallow`, or `fetch-depth: 0` in actions/checkout.'
    : ''
  const commit = await commitOf(folder, ref, depth)
  try {
    return { ref, top, commit: await git(folder, 'merge-base', commit, 'HEAD') }
  } catch (error) {
    if (!(error instanceof GitFailed)) throw error
    throw new UsageError(
      `--since ${ref}: it has no commit in common with HEAD.${depth || ' Name a ref that this branch began at.'}`,
    )
  }
}

async function topOf(folder: string): Promise<string> {
  try {
    return await git(folder, 'rev-parse', '--show-toplevel')
  } catch (error) {
    if (!(error instanceof GitFailed)) throw error
    throw new UsageError(`--since needs a Git repository: ${folder} is in none. Leave it out to look at everything.`)
  }
}

async function commitOf(folder: string, ref: string, depth: string): Promise<string> {
  try {
    return await git(folder, 'rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`)
  } catch (error) {
    if (!(error instanceof GitFailed)) throw error
    throw new UsageError(
      `--since ${ref}: there is no such commit here.${depth || ` Fetch it (git fetch origin), or name another ref.`}`,
    )
  }
}
