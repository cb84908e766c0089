import type { AnyContract } from '#harness/contract/contract.ts'
import type { Finding } from '#harness/contract/finding.ts'
import type { PactFile, PactInteraction } from '../file/pact-file.ts'
import { connectionProblem } from './reachable.ts'
import { ReplayRun } from './replay-run.ts'
import { operationOf } from './operation-of.ts'
import { placeOfReplay, type ReplayPlace } from './place.ts'
import { orderFindings } from './stream-order.ts'
import { mismatchFindings } from './mismatch.ts'
import { signingProxy } from './signing-proxy.ts'
import type { Target } from './target.ts'
import type { PactVerifier } from './verifier.ts'

/** What came of one interaction. Green is: replayed, and no finding. */
export type ReplayedInteraction = Readonly<{
  interaction: PactInteraction
  operation: string | undefined
  findings: readonly Finding[]
  /** What the target said meanwhile. */
  evidence: readonly string[]
}>

export type ReplayRequest = Readonly<{
  pact: PactFile
  contract: AnyContract
  target: Target
  verifier: PactVerifier
  timeoutMs?: number
}>

/**
 * Replays a pact against a target, each interaction on states of its own: HTTP by the Pact Verifier, streams, channels
 * and preflights by ours, compared by the Verifier. What Pact passes in silence is a finding here: no interaction at all,
 * a state without handler, a state that fails, an operation that the contract does not have, an interaction without result.
 * Where the contract has signed requests, a proxy of ours signs them: each is signed as it is sent.
 */
export async function replay({
  pact,
  contract,
  target,
  verifier,
  timeoutMs = 5000,
}: ReplayRequest): Promise<readonly ReplayedInteraction[]> {
  const unreachable = await connectionProblem(target.baseUrl)
  if (unreachable !== undefined)
    return pact.interactions.map((interaction) => notReached(interaction, { pact, contract, target }, unreachable))
  const run = new ReplayRun(pact, target, timeoutMs)
  const states = pact.interactions.flatMap((interaction) =>
    (interaction.providerStates ?? []).map((state) => state.name),
  )
  await using signing = await signingProxy(contract, target.baseUrl, (problem) => run.report(problem))
  const { baseUrl } = signing
  const { interactionResults } = await verifier.verify(
    { pact, baseUrl, timeoutMs, states: [...new Set(states)] },
    (callback) => run.answer(callback, baseUrl),
  )
  return pact.interactions.map((interaction, index) => {
    const place = placeOfReplay(pact, interaction, target)
    const operation = operationOf(contract, interaction)
    const result = interactionResults[index]
    const own = [
      ...(operation === undefined ? [undeclared(contract, interaction, place)] : []),
      ...run.findings(index, place),
    ]
    const found =
      result?.description === interaction.description
        ? mismatchFindings(result, interaction, place)
        : [notReplayed(place)]
    // Where a cause of our own is known, Pact's consequence of it says nothing more.
    const known = own.length > 0 ? own : found
    const findings = known.length > 0 ? known : orderFindings(contract, interaction, { came: run.stream(index), place })
    return {
      interaction,
      operation,
      evidence: run.evidence(index),
      findings: findings.map((finding) => ({ ...finding, ...(operation !== undefined && { operation }) })),
    }
  })
}

function notReached(
  interaction: PactInteraction,
  { pact, contract, target }: Pick<ReplayRequest, 'pact' | 'contract' | 'target'>,
  problem: string,
): ReplayedInteraction {
  const operation = operationOf(contract, interaction)
  const finding: Finding = {
    ...placeOfReplay(pact, interaction, target),
    code: 'target-unreachable',
    severity: 'error',
    message: `Nothing takes connections at ${target.baseUrl}: ${problem}.`,
    fix: 'Start the target, or correct its address.',
  }
  return { interaction, operation, findings: [finding], evidence: [] }
}

function undeclared(contract: AnyContract, interaction: PactInteraction, place: ReplayPlace): Finding {
  const what =
    interaction.type === 'Synchronous/HTTP' ? `${interaction.request.method} ${interaction.request.path}` : 'a stream'
  return {
    ...place,
    code: 'operation-undeclared',
    severity: 'error',
    message: `The contract of ${contract.name} has no operation for ${what}.`,
    fix: 'Declare it in the contract, or stop calling it.',
  }
}

function notReplayed(place: ReplayPlace): Finding {
  return {
    ...place,
    code: 'not-replayed',
    severity: 'error',
    message: 'The Pact Verifier gave no result for it.',
    fix: 'Run the replay again with --verbose; the pact may hold what the Verifier does not know.',
  }
}
