import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { z } from 'zod'

/** Which run a report is of. */
export const RunData = z.object({
  at: z.iso.datetime().describe('When it ended.'),
  systems: z.array(z.string()),
  commit: z.string().optional(),
  branch: z.string().optional(),
  url: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('Where the run can be looked at.'),
  sources: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('Under which address the files of its commit can be read.'),
})
export type RunData = z.output<typeof RunData>

/** Finds out which commit this is, of which branch, and where GitHub shows the run, if it runs there. */
export async function describeRun(
  root: string,
  systems: readonly string[],
  { env = process.env, now = new Date() }: Readonly<{ env?: NodeJS.ProcessEnv; now?: Date }> = {},
): Promise<RunData> {
  const commit = env['GITHUB_SHA'] || (await git(root, 'rev-parse', 'HEAD'))
  const branch = env['GITHUB_HEAD_REF'] || env['GITHUB_REF_NAME'] || (await git(root, 'branch', '--show-current'))
  return {
    at: now.toISOString(),
    systems: [...systems],
    ...(commit && { commit }),
    ...(branch && { branch }),
    ...onGitHub(env, commit),
  }
}

function onGitHub(
  { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: id }: NodeJS.ProcessEnv,
  commit: string | undefined,
): Pick<RunData, 'url' | 'sources'> {
  if (!server || !repository) return {}
  const base = `${server}/${repository}`
  return { ...(id && { url: `${base}/actions/runs/${id}` }), ...(commit && { sources: `${base}/blob/${commit}` }) }
}

/** What git says; nothing where there is no git or no repository. */
async function git(root: string, ...args: readonly string[]): Promise<string | undefined> {
  const said = await promisify(execFile)('git', ['-C', root, ...args]).catch(() => undefined)
  return said?.stdout.trim() || undefined
}
