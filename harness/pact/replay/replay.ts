import type { AnyContract } from '#harness/contract/contract.ts'
import type { Finding } from '#harness/contract/finding.ts'
import type { MessagePactInteraction, PactFile, PactInteraction } from '../file/pact-file.ts'
import type { Run } from '../stream/envelope.ts'
import { filledEnvelope } from '../stream/expressions.ts'
import { replayStream, type StreamProblem } from '../stream/replay-stream.ts'
import { connectionProblem } from './reachable.ts'
import { operationOf } from './operation-of.ts'
import { mismatchFindings } from './mismatch.ts'
import type { Target } from './target.ts'
import type { PactVerifier } from './verifier.ts'
import type { Callback } from './verifier-protocol.ts'

/** What came of one interaction. Green is: replayed, and no finding. */
export type ReplayedInteraction = Readonly<{
  interaction: PactInteraction
  operation: string | undefined
  findings: readonly Finding[]
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
  const { interactionResults } = await verifier.verify(
    { pact, baseUrl: target.baseUrl, timeoutMs, states: [...new Set(states)] },
    (callback) => run.answer(callback),
  )
  return pact.interactions.map((interaction, index) => {
    const base: Base = {
      edge: `${pact.consumer.name} -> ${pact.provider.name}`,
      interaction: interaction.description,
      target: target.name,
    }
    const operation = operationOf(contract, interaction)
    const result = interactionResults[index]
    const own = [...undeclared(contract, interaction, base), ...run.findings(index, base)]
    const found =
      result?.description === interaction.description
        ? mismatchFindings(result, interaction, base)
        : [notReplayed(base)]
    // Where a cause of our own is known, Pact's consequence of it says nothing more.
    const findings = own.length > 0 ? own : found
    return {
      interaction,
      operation,
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
    code: 'target-unreachable',
    severity: 'error',
    edge: `${pact.consumer.name} -> ${pact.provider.name}`,
    interaction: interaction.description,
    target: target.name,
    message: `Nothing takes connections at ${target.baseUrl}: ${problem}.`,
    fix: 'Start the target, or correct its address.',
  }
  return { interaction, operation, findings: [finding] }
}

export type Base = Readonly<{ edge: string; interaction: string; target: string }>

function undeclared(contract: AnyContract, interaction: PactInteraction, base: Base): Finding[] {
  if (operationOf(contract, interaction) !== undefined) return []
  const what =
    interaction.type === 'Synchronous/HTTP' ? `${interaction.request.method} ${interaction.request.path}` : 'a stream'
  return [
    {
      ...base,
      code: 'operation-undeclared',
      severity: 'error',
      message: `The contract of ${contract.name} has no operation for ${what}.`,
      fix: 'Declare it in the contract, or stop calling it.',
    },
  ]
}

function notReplayed(base: Base): Finding {
  return {
    ...base,
    code: 'not-replayed',
    severity: 'error',
    message: 'The Pact Verifier gave no result for it.',
    fix: 'Run the replay again with --verbose; the pact may hold what the Verifier does not know.',
  }
}

/** One run over a pact: interaction after interaction, in the order of the file. */
class ReplayRun {
  readonly #pact: PactFile
  readonly #target: Target
  readonly #timeoutMs: number
  readonly #problems = new Map<number, Pick<Finding, 'code' | 'message' | 'fix' | 'path'>[]>()
  #index = -1
  #values: Record<string, unknown> = {}

  constructor(pact: PactFile, target: Target, timeoutMs: number) {
    this.#pact = pact
    this.#target = target
    this.#timeoutMs = timeoutMs
  }

  async answer(callback: Callback): Promise<unknown> {
    switch (callback.ask) {
      case 'begin':
        return this.#begin()
      case 'state':
        return this.#setUp(callback.name, callback.params)
      case 'message':
        return this.#replayStream()
    }
  }

  findings(index: number, base: Base): Finding[] {
    return (this.#problems.get(index) ?? []).map((problem) => ({ ...base, severity: 'error', ...problem }))
  }

  async #begin(): Promise<void> {
    this.#index++
    this.#values = {}
    try {
      await this.#target.reset()
    } catch (error) {
      this.#problem({
        code: 'state-failed',
        message: `Resetting the target failed: ${messageOf(error)}.`,
        fix: 'Correct the reset of its states.',
      })
    }
  }

  async #setUp(name: string, params: Readonly<Record<string, unknown>>): Promise<Readonly<Record<string, unknown>>> {
    if (this.#target.states && !this.#target.states.has(name)) {
      this.#problem({
        code: 'state-without-handler',
        message: `The target has no handler for state "${name}".`,
        fix: 'Write one beside its other states.',
      })
      return {}
    }
    try {
      const values = await this.#target.setUp(name, params)
      Object.assign(this.#values, values)
      return values
    } catch (error) {
      this.#problem({
        code: 'state-failed',
        message: `State "${name}" failed: ${messageOf(error)}.`,
        fix: 'Correct its handler.',
      })
      return {}
    }
  }

  async #replayStream(): Promise<readonly unknown[]> {
    const interaction = this.#pact.interactions[this.#index] as MessagePactInteraction
    const expected = interaction.response[0]?.contents.content as readonly Run[]
    try {
      const envelope = filledEnvelope(interaction, this.#values)
      const replayed = await replayStream(envelope, {
        baseUrl: this.#target.baseUrl,
        expected,
        timeoutMs: this.#timeoutMs,
      })
      for (const problem of replayed.problems) this.#problem({ ...problem, fix: fixes[problem.code] })
      return replayed.response
    } catch (error) {
      this.#problem({
        code: error instanceof Error && error.name === 'TimeoutError' ? 'no-answer' : 'stream-mismatch',
        message: `It could not be replayed: ${messageOf(error)}.`,
        fix: 'Look at the target.',
      })
      return []
    }
  }

  #problem(problem: Pick<Finding, 'code' | 'message' | 'fix'>): void {
    this.#problems.set(this.#index, [...(this.#problems.get(this.#index) ?? []), problem])
  }
}

const fixes: Readonly<Record<StreamProblem['code'], string>> = {
  'stream-not-ended': 'End the stream after its last event.',
  'stream-held-back': 'Send each event when it is there: flush, and let no proxy buffer.',
  'no-answer': 'Answer, or refuse.',
  'stream-mismatch': 'Answer with a stream as the contract has it.',
}

function messageOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? ` (${error.cause.message})` : ''
  return `${error instanceof Error ? error.message : String(error)}${cause}`
}
