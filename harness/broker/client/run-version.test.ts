import { spawnSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runVersion } from './run-version.ts'

let folder: string
let commit: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'concordat-git-'))
  const git = (...args: readonly string[]): string =>
    spawnSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', '-c', 'commit.gpgsign=false', ...args], {
      cwd: folder,
      encoding: 'utf8',
    }).stdout.trim()
  git('init', '--quiet', '--initial-branch', 'feat/x')
  git('commit', '--quiet', '--allow-empty', '-m', 'first')
  commit = git('rev-parse', 'HEAD')
})
afterAll(() => rm(folder, { recursive: true, force: true }))

test('git says which commit on which branch, and whether files differ from it', async () => {
  expect(await runVersion(folder, {}, {})).toEqual({
    version: commit,
    branch: 'feat/x',
    buildUrl: undefined,
    dirty: false,
  })
  const file = join(folder, 'new.txt')
  await writeFile(file, '')
  expect(await runVersion(folder, {}, {})).toMatchObject({ dirty: true })
  await rm(file)
})

const actions = {
  GITHUB_ACTIONS: 'true',
  GITHUB_SHA: 'merge-of-both',
  GITHUB_REF_TYPE: 'branch',
  GITHUB_REF_NAME: '7/merge',
  GITHUB_SERVER_URL: 'https://github.com',
  GITHUB_REPOSITORY: 'o/r',
  GITHUB_RUN_ID: '42',
}

test('for a pull request the commit is the head of its branch, not the merge that was made to try it', async () => {
  const event = join(folder, '.git', 'event.json')
  await writeFile(event, JSON.stringify({ pull_request: { head: { sha: 'head-of-branch' } } }))
  const env = { ...actions, GITHUB_HEAD_REF: 'feat/y', GITHUB_EVENT_PATH: event }
  expect(await runVersion(folder, {}, env)).toEqual({
    version: 'head-of-branch',
    branch: 'feat/y',
    buildUrl: 'https://github.com/o/r/actions/runs/42',
    dirty: false,
  })
})

test('a tag is no branch, and what is given counts before all', async () => {
  const tagged = { ...actions, GITHUB_REF_TYPE: 'tag', GITHUB_REF_NAME: 'v1' }
  expect(await runVersion(folder, {}, tagged)).toMatchObject({ version: 'merge-of-both', branch: 'feat/x' })
  const given = { version: '1', branch: 'main', buildUrl: 'https://ci.example/1' }
  expect(await runVersion(folder, given, actions)).toEqual({ ...given, dirty: false })
})

test('where there is neither git nor a build nor a name there is no version', async () => {
  await expect(runVersion(tmpdir(), {}, {})).rejects.toThrow('Name one with --version.')
})
