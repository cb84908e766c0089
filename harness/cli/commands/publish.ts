import { BrokerRefused } from '#harness/broker/client/broker-errors.ts'
import { findPacts } from '#harness/broker/client/find-pacts.ts'
import { mergeShards, type WholePact } from '#harness/broker/client/merge-shards.ts'
import { publishPacts, type PublishedTo } from '#harness/broker/client/publish-pacts.ts'
import { publishRefused } from '#harness/broker/client/publish-refused.ts'
import { runVersion, type RunVersion } from '#harness/broker/client/run-version.ts'
import { describeFinding } from '#harness/contract/finding.ts'
import { projectRoot } from '#harness/project/paths.ts'
import { withBroker } from '../broker/reach.ts'
import { versionFlags } from '../broker/version-flags.ts'
import { valuesOf } from '../check-args.ts'
import { command, common, type Command, type CommandResult } from '../command.ts'
import { exitCodeOfFindings, exitCodes } from '../exit-code.ts'

const args = {
  pacts: {
    type: 'string',
    valueHint: 'file|folder|pattern',
    description: 'What is published; parts of one pact are put together first. May be given again. Default: pacts.',
  },
  ...versionFlags,
  tag: { type: 'string', valueHint: 'tag', description: 'A tag for the version. May be given again.' },
  json: common.json,
  verbose: common.verbose,
} as const

/** `concordat publish`: pacts to the broker that the environment names. */
export const publish: Command = command(args, async (given, rawArgs) => {
  const named = valuesOf(rawArgs, args, 'pacts')
  const { pacts, findings } = mergeShards(await findPacts(named.length > 0 ? named : ['pacts'], projectRoot))
  if (findings.length > 0)
    return {
      exitCode: exitCodeOfFindings(findings),
      findings,
      lines: findings.map(describeFinding),
      data: { published: [] },
    }
  const run = await runVersion(projectRoot, { ...given, buildUrl: given['build-url'] })
  const tags = valuesOf(rawArgs, args, 'tag')
  return withBroker(async (client) => {
    try {
      return told(run, await publishPacts(client, pacts, { ...run, tags }), given.verbose === true)
    } catch (error) {
      if (!(error instanceof BrokerRefused) || error.status === 401 || error.status === 403) throw error
      return refused(run, pacts, error)
    }
  })
})

function refused({ version }: RunVersion, pacts: readonly WholePact[], error: BrokerRefused): CommandResult {
  const findings = publishRefused(pacts, error)
  return {
    exitCode: exitCodes.broken,
    findings,
    lines: findings.map(describeFinding),
    data: { version, published: [] },
  }
}

function told(run: RunVersion, published: readonly PublishedTo[], verbose: boolean): CommandResult {
  const { version, branch, buildUrl, dirty } = run
  const shown = new Set(verbose ? ['debug', 'info', 'prompt', 'success', 'warning', 'error'] : ['warning', 'error'])
  const lines = published.flatMap(({ consumer, pacts, notices }) => [
    ...pacts.map(({ provider, interactions }) => `${consumer} -> ${provider}: ${interactions} interactions`),
    ...notices.filter(({ type }) => shown.has(type)).map(({ text }) => `  ${text.trim()}`),
  ])
  const count = published.reduce((sum, { pacts }) => sum + pacts.length, 0)
  const on = branch === undefined ? ' on no branch (name one with --branch)' : ` on ${branch}`
  return {
    exitCode: exitCodes.ok,
    findings: [],
    lines: [
      ...lines,
      `${count} pacts published as version ${version}${on}${buildUrl === undefined ? '' : `, built at ${buildUrl}`}`,
      ...(dirty ? ['Files differ from that commit: what is published may not be what it has.'] : []),
    ],
    data: {
      version,
      branch,
      buildUrl,
      dirty,
      published: published.flatMap(({ consumer, pacts, notices }) =>
        pacts.map(({ provider, interactions, files }) => ({ consumer, provider, interactions, files, notices })),
      ),
    },
  }
}
