import { join, relative, sep } from 'node:path'
import { realpath } from 'node:fs/promises'
import type { Base } from './base.ts'
import { entriesOf, git } from './git.ts'

/**
 * The files that differ from the base, committed or not, new and removed ones among them; those that Git ignores are not.
 * Relative to the folder, with `/`; outside of it they begin with `../`. What was renamed is there under both names.
 */
export async function changedPaths(folder: string, { top, commit }: Base): Promise<readonly string[]> {
  const [tracked, untracked, root] = await Promise.all([
    git(top, 'diff', '--name-only', '--no-renames', '-z', commit, '--'),
    git(top, 'ls-files', '--others', '--exclude-standard', '-z'),
    realpath(folder),
  ])
  const paths = [...entriesOf(tracked), ...entriesOf(untracked)]
  return [...new Set(paths)].map((path) => relative(root, join(top, path)).replaceAll(sep, '/')).toSorted()
}
