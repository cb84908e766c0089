import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { UsageError } from '#harness/project/usage-error.ts'
import { findBase } from './base.ts'
import { changedPaths } from './changed-paths.ts'
import { gitProject, type GitProject } from './testing/git-project.ts'

let project: GitProject
beforeAll(async () => {
  project = await gitProject({ 'a.txt': 'a', 'folder/b.txt': 'b', 'gone.txt': 'gone', 'old name.txt': 'renamed' })
})
afterAll(() => project[Symbol.asyncDispose]())

test('what changed is what differs from where the branch began: committed or not, new, removed and renamed', async () => {
  await project.git('checkout', '--quiet', '-b', 'feature')
  await project.write('folder/b.txt', 'other')
  await project.git('mv', 'old name.txt', 'ü.txt')
  await project.commit('work')
  await project.remove('gone.txt')
  await project.write('new.txt', 'new')
  await project.write('.concordat/x', 'ignored')
  // What others did on main meanwhile is not of this branch.
  await project.git('branch', 'work')
  const base = await findBase(project.root, 'main')
  expect(await changedPaths(project.root, base)).toEqual([
    'folder/b.txt',
    'gone.txt',
    'new.txt',
    'old name.txt',
    'ü.txt',
  ])
  expect(await changedPaths(join(project.root, 'folder'), base)).toContain('../new.txt')
})

test('a ref that nobody knows is refused, and so is one that looks like a flag', async () => {
  await expect(findBase(project.root, 'origin/main')).rejects.toThrow(
    '--since origin/main: there is no such commit here. Fetch it (git fetch origin), or name another ref.',
  )
  await expect(findBase(project.root, '--all')).rejects.toThrow(UsageError)
})

test('a clone that was cut off says so, with what to do', async () => {
  await project.commit('a second commit')
  const clone = await mkdtemp(join(tmpdir(), 'concordat-clone-'))
  try {
    await project.git('clone', '--quiet', '--depth=1', `file://${project.root}`, clone)
    const advice = 'This clone is shallow: fetch all of it with `git fetch --unshallow`, or `fetch-depth: 0`'
    await expect(findBase(clone, 'origin/main')).rejects.toThrow(advice)
    await project.git('-C', clone, 'fetch', '--quiet', '--depth=1', 'origin', 'main:refs/remotes/origin/main')
    await expect(findBase(clone, 'origin/main')).rejects.toThrow(`it has no commit in common with HEAD. ${advice}`)
  } finally {
    await rm(clone, { recursive: true })
  }
})

test('a folder outside of any repository is refused', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'concordat-no-git-'))
  try {
    await expect(findBase(folder, 'main')).rejects.toThrow('is in none. Leave it out to look at everything.')
  } finally {
    await rm(folder, { recursive: true })
  }
})
