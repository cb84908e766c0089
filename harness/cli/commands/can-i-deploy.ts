import { askDeploy } from '#harness/broker/client/ask-deploy.ts'
import { deployFindings } from '#harness/broker/client/deploy-findings.ts'
import type { DeployQuestion, DeployRow, DeployVerdict } from '#harness/broker/client/deploy-verdict.ts'
import { runVersion } from '#harness/broker/client/run-version.ts'
import { decideByLedger } from '#harness/broker/ledger/decide-by-ledger.ts'
import { readLedger } from '#harness/broker/ledger/read-ledger.ts'
import { describeFinding } from '#harness/contract/finding.ts'
import { projectRoot } from '#harness/project/paths.ts'
import { UsageError } from '#harness/project/usage-error.ts'
import { paint } from '#harness/report/paint.ts'
import { tableLines } from '#harness/report/table.ts'
import { knownEdges, pacticipantNamed } from '../broker/pacticipants.ts'
import { withBroker } from '../broker/reach.ts'
import { valuesOf } from '../check-args.ts'
import { command, common, type Command, type CommandResult } from '../command.ts'
import { exitCodeOfFindings } from '../exit-code.ts'

const args = {
  pacticipant: {
    type: 'positional',
    required: true,
    description: 'What is to be deployed: <system>/<component>, or its name in pacts.',
  },
  version: { type: 'string', valueHint: 'version', description: 'Default: the commit, from GitHub Actions or git.' },
  to: { type: 'string', valueHint: 'environment', description: 'Where to.' },
  'main-branch': {
    type: 'boolean',
    description: 'In place of --to: with the main branches of all others (can I merge).',
  },
  ledger: {
    type: 'string',
    valueHint: 'folder|ref',
    description:
      'Without a broker: what is there, as a git ref (the tag of what is deployed) or a folder of pacts and results.',
  },
  from: {
    type: 'string',
    valueHint: 'folder|ref',
    description: 'With --ledger: what is to be deployed. Default: this project.',
  },
  ignore: {
    type: 'string',
    valueHint: 'name',
    description: 'Somebody whose results do not matter. May be given again.',
  },
  'retry-while-unknown': {
    type: 'string',
    valueHint: 'times',
    default: '0',
    description: 'Ask again while results are missing.',
  },
  'retry-interval': { type: 'string', valueHint: 'seconds', default: '10', description: 'How long to wait before.' },
  json: common.json,
} as const

/** `concordat can-i-deploy`: a yes only where results say so. */
export const canIDeploy: Command = command(args, async (given, rawArgs) => {
  const pacticipant = await pacticipantNamed(given.pacticipant)
  const named = await Promise.all(valuesOf(rawArgs, args, 'ignore').map(pacticipantNamed))
  const shared = { pacticipant, ignored: named, known: await knownEdges() }
  if (given.ledger !== undefined) return byLedger(shared, { ...given, ledger: given.ledger })
  if (given.from !== undefined) throw new UsageError('--from goes with --ledger. Leave it out, or name a ledger.')
  const to = destination(given.to, given['main-branch'])
  const patience = {
    times: wholeNumber('retry-while-unknown', given['retry-while-unknown']),
    everyMs: wholeNumber('retry-interval', given['retry-interval']) * 1_000,
  }
  const { version } = await runVersion(projectRoot, { version: given.version })
  const verdict = await withBroker((client) => askDeploy(client, { ...shared, version, to }, patience))
  return told(
    `${pacticipant} ${version} ${to.kind === 'environment' ? `to ${to.name}` : 'with the main branches'}`,
    verdict,
  )
})

type Shared = Pick<DeployQuestion, 'pacticipant' | 'ignored' | 'known'>
type LedgerFlags = Readonly<{ ledger: string; from?: string | undefined; to?: string | undefined }>

async function byLedger(shared: Shared, { ledger, from, to }: LedgerFlags): Promise<CommandResult> {
  const present = await readLedger(ledger, projectRoot)
  const candidate = await readLedger(from ?? 'pacts', projectRoot)
  const verdict = decideByLedger({ ...shared, candidate, present })
  return told(`${shared.pacticipant} of ${candidate.source} to ${to ?? present.source}`, verdict)
}

function destination(to: string | undefined, mainBranch: boolean | undefined): DeployQuestion['to'] {
  if (to !== undefined && mainBranch) throw new UsageError('--to and --main-branch are two questions. Ask one of them.')
  if (to !== undefined) return { kind: 'environment', name: to }
  if (mainBranch) return { kind: 'main-branch' }
  throw new UsageError('where to? Name an environment with --to, or ask with --main-branch.')
}

function wholeNumber(flag: string, text: string): number {
  const value = Number(text)
  if (Number.isInteger(value) && value >= 0) return value
  throw new UsageError(`--${flag} is "${text}", which is no number. Write one, as in 3.`)
}

const words = {
  yes: ['green', 'yes'],
  no: ['red', 'no'],
  unknown: ['yellow', 'not known yet'],
  nothing: ['red', 'nothing proves it'],
} as const

function told(what: string, verdict: DeployVerdict): CommandResult {
  const findings = deployFindings(what, verdict)
  const [colour, word] = words[verdict.kind]
  return {
    exitCode: exitCodeOfFindings(findings),
    findings,
    lines: [
      ...(verdict.rows.length > 0 ? [...tableLines([header, ...verdict.rows.map(cells)]), ''] : []),
      ...findings.map(describeFinding),
      ...(verdict.kind === 'yes' ? verdict.reasons : []),
      `${what}: ${paint(colour, word)}`,
    ],
    data: { verdict: verdict.kind, reasons: verdict.reasons, rows: verdict.rows },
  }
}

const header = ['consumer', 'version', 'provider', 'version', 'result'] as const

function cells({
  consumer,
  consumerVersion,
  provider,
  providerVersion,
  success,
  ignored,
}: DeployRow): readonly string[] {
  const result = success === undefined ? 'not verified' : success ? 'good' : 'bad'
  return [consumer, consumerVersion, provider, providerVersion ?? '-', ignored ? `${result}, ignored` : result]
}
