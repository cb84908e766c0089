import { describeFinding, type Finding, type FindingCode } from '#harness/contract/finding.ts'
import type { System } from '#harness/contract/system.ts'
import { nginxConfigs } from '#harness/stack/compose/compose-files.ts'
import type { ComposeStack } from '#harness/stack/compose/compose-stack.ts'
import { bodyLimits, replayBodyLimit } from './body-limits.ts'
import { operationOf } from './operation-of.ts'
import { replay, type ReplayRequest } from './replay.ts'

/** A mistake in the configuration of an entry, and where replays through it have to find it. */
export type Misconfiguration = Readonly<{
  name: string
  entry: string
  /** Makes the mistake in what is generated. */
  change: (config: string) => string
  /** The component behind the entry whose pacts find it. */
  component: string
  /** Where it has to be found: at this operation, or one interaction of it; under this code and at this place where they are given. */
  expected: Readonly<{ operation: string; interaction?: string; code?: FindingCode; path?: RegExp }>
}>

export type MisconfiguredReplay = Pick<ReplayRequest, 'contract' | 'target' | 'verifier' | 'pact'> &
  Readonly<{ system: System; stack: ComposeStack }>

/**
 * Makes one mistake and replays what its operation is used for, bodies at their limits among it. The entry keeps the mistake.
 * @throws Error where it is not found as expected, and where it changes nothing; with what was found.
 */
export async function expectFound(
  { entry, change, expected }: Misconfiguration,
  { system, stack, pact, ...replayed }: MisconfiguredReplay,
): Promise<void> {
  const generated = nginxConfigs(system)[entry] ?? ''
  const changed = change(generated)
  if (changed === generated) throw new Error('it changes nothing of what is generated: look for what it replaces.')
  await stack.configure(entry, changed)
  const findings = await findingsOf(expected, { pact, ...replayed })
  if (findings.some((finding) => isExpected(finding, expected))) return
  throw new Error(
    findings.length === 0
      ? `the mistake was not found: all of ${expected.interaction ?? expected.operation} stays green.`
      : `the mistake was found elsewhere than expected:\n${findings.map(describeFinding).join('\n')}`,
  )
}

type Expected = Misconfiguration['expected']

async function findingsOf(
  { operation, interaction: only }: Expected,
  request: Omit<MisconfiguredReplay, 'system' | 'stack'>,
): Promise<readonly Finding[]> {
  const { pact, contract } = request
  const interactions = pact.interactions.filter(
    (interaction) =>
      operationOf(contract, interaction) === operation && (only === undefined || interaction.description === only),
  )
  const limits = only === undefined ? bodyLimits(pact, contract).filter((limit) => limit.operation === operation) : []
  if (interactions.length === 0)
    throw new Error(`no interaction of the pact is ${only ?? operation}: nothing was tried.`)
  const findings = (await replay({ ...request, pact: { ...pact, interactions } })).flatMap((result) => result.findings)
  for (const limit of limits) findings.push(...(await replayBodyLimit(limit, request)))
  return findings
}

function isExpected(finding: Finding, { operation, code, path }: Expected): boolean {
  return (
    finding.operation === operation &&
    (code === undefined || finding.code === code) &&
    (path === undefined || path.test(finding.path ?? ''))
  )
}

/** The configuration as it is generated, again. */
export async function correct(entry: string, { system, stack }: Pick<MisconfiguredReplay, 'system' | 'stack'>) {
  await stack.configure(entry, nginxConfigs(system)[entry] ?? '')
}
