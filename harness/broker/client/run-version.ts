import { readFile } from 'node:fs/promises'
import { jsonOr } from '#harness/contract/json.ts'
import { UsageError } from '#harness/project/usage-error.ts'
import { git } from './git.ts'

/** Which version a run is of, on which branch, and where its build is to be seen. */
export type RunVersion = Readonly<{
  version: string
  branch: string | undefined
  buildUrl: string | undefined
  /** Whether files differ from the commit: what is published is then not what the version says. */
  dirty: boolean
}>

type Environment = Readonly<Record<string, string | undefined>>
type Given = Readonly<{ version?: string | undefined; branch?: string | undefined; buildUrl?: string | undefined }>

/**
 * Finds out what a run is of: what is given counts, then what GitHub Actions says, then git.
 * @throws UsageError where there is no version to be found, or it is all spaces.
 */
export async function runVersion(
  folder: string,
  given: Given = {},
  env: Environment = process.env,
): Promise<RunVersion> {
  const actions = await fromActions(env)
  const version = given.version ?? actions.version ?? (await git(folder, ['rev-parse', 'HEAD']))
  if (!version?.trim())
    throw new UsageError('there is no version: this is no git repository and no build. Name one with --version.')
  const branch = given.branch ?? actions.branch ?? (await git(folder, ['symbolic-ref', '--quiet', '--short', 'HEAD']))
  const status = given.version === undefined ? await git(folder, ['status', '--porcelain']) : ''
  return {
    version,
    branch,
    buildUrl: given.buildUrl ?? actions.buildUrl,
    dirty: status !== undefined && status !== '',
  }
}

/**
 * What GitHub Actions says of a run. For a pull request the commit is the head of its branch, not the merge that Actions made to
 * try it, which nobody finds again.
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/variables
 */
async function fromActions(env: Environment): Promise<Given> {
  if (env['GITHUB_ACTIONS'] !== 'true') return {}
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: run } = env
  const isBranch = env['GITHUB_REF_TYPE'] === 'branch'
  return {
    version: (await headOfPullRequest(env['GITHUB_EVENT_PATH'])) ?? env['GITHUB_SHA'],
    branch: env['GITHUB_HEAD_REF'] || (isBranch ? env['GITHUB_REF_NAME'] : undefined),
    buildUrl: server && repository && run ? `${server}/${repository}/actions/runs/${run}` : undefined,
  }
}

async function headOfPullRequest(eventFile: string | undefined): Promise<string | undefined> {
  const text = eventFile === undefined ? '' : await readFile(eventFile, 'utf8').catch(() => '')
  const event = jsonOr(text, {}) as { pull_request?: { head?: { sha?: string } } } | null
  return event?.pull_request?.head?.sha
}
