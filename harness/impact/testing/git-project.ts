import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { temporaryProject, type TemporaryProject } from '#harness/testing/temporary-project.ts'
import { git } from '../git.ts'

/** A temporary project in a Git repository of its own. */
export type GitProject = TemporaryProject &
  Readonly<{
    /** Commits all that there is; gives the commit. */
    commit: (message: string) => Promise<string>
    remove: (file: string) => Promise<void>
    git: (...args: readonly string[]) => Promise<string>
  }>

/** Nobody's settings, and an author of its own: a machine without any commits too. */
const settings = ['-c', 'user.name=Test', '-c', 'user.email=test@example.com', '-c', 'commit.gpgsign=false'] as const

/** Makes a project, its files committed on the branch `main`. The harness and the packages are links, ignored. */
export async function gitProject(files: Readonly<Record<string, string>>): Promise<GitProject> {
  const project = await temporaryProject({ ...files, '.gitignore': 'node_modules\nharness\n.concordat\n' })
  const run = (...args: readonly string[]): Promise<string> => git(project.root, ...settings, ...args)
  async function commit(message: string): Promise<string> {
    await run('add', '--all')
    await run('commit', '--quiet', '--no-verify', '--allow-empty', '-m', message)
    return run('rev-parse', 'HEAD')
  }
  await run('init', '--quiet', '--initial-branch=main')
  await commit('begin')
  return { ...project, commit, remove: (file) => rm(join(project.root, file)), git: run }
}
