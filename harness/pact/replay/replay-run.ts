import type { Finding } from '#harness/contract/finding.ts'
import type { MessagePactInteraction, PactFile } from '../file/pact-file.ts'
import type { Run } from '../stream/envelope.ts'
import { filledEnvelope } from '../stream/expressions.ts'
import { replayStream, type StreamProblem } from '../stream/replay-stream.ts'
import type { ReplayPlace } from './place.ts'
import type { Target } from './target.ts'
import type { Callback } from './verifier-protocol.ts'

/** What is wrong with an interaction, its place left aside. */
export type ReplayProblem = Pick<Finding, 'code' | 'message' | 'fix'>

/** One run over a pact: interaction after interaction, in the order of the file. */
export class ReplayRun {
  readonly #pact: PactFile
  readonly #target: Target
  readonly #timeoutMs: number
  readonly #problems = new Map<number, ReplayProblem[]>()
  readonly #evidence: (readonly string[])[] = []
  readonly #streams = new Map<number, readonly unknown[]>()
  #index = -1
  #values: Record<string, unknown> = {}

  constructor(pact: PactFile, target: Target, timeoutMs: number) {
    this.#pact = pact
    this.#target = target
    this.#timeoutMs = timeoutMs
  }

  /** Answers what the Verifier asks. `baseUrl` is where streams are to be sent. */
  async answer(callback: Callback, baseUrl: string): Promise<unknown> {
    switch (callback.ask) {
      case 'begin':
        return this.#begin()
      case 'state':
        return this.#setUp(callback.name, callback.params)
      case 'message':
        return this.#replayStream(baseUrl)
    }
  }

  findings(index: number, place: ReplayPlace): Finding[] {
    return (this.#problems.get(index) ?? []).map((problem) => ({ ...place, severity: 'error', ...problem }))
  }

  /** What came of a stream, in the form of a pact's response; undefined where the interaction is none, or nothing came. */
  stream(index: number): readonly unknown[] | undefined {
    return this.#streams.get(index)
  }

  /** What the target said while an interaction was replayed. */
  evidence(index: number): readonly string[] {
    return index === this.#index ? this.#target.evidence() : (this.#evidence[index] ?? [])
  }

  async #begin(): Promise<void> {
    if (this.#index >= 0) this.#evidence[this.#index] = this.#target.evidence()
    this.#index++
    this.#values = {}
    try {
      await this.#target.reset()
    } catch (error) {
      this.report({
        code: 'state-failed',
        message: `Resetting the target failed: ${messageOf(error)}.`,
        fix: 'Correct the reset of its states.',
      })
    }
  }

  async #setUp(name: string, params: Readonly<Record<string, unknown>>): Promise<Readonly<Record<string, unknown>>> {
    if (this.#target.states && !this.#target.states.has(name)) {
      this.report({
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
      this.report({
        code: 'state-failed',
        message: `State "${name}" failed: ${messageOf(error)}.`,
        fix: 'Correct its handler.',
      })
      return {}
    }
  }

  async #replayStream(baseUrl: string): Promise<readonly unknown[]> {
    const interaction = this.#pact.interactions[this.#index] as MessagePactInteraction
    const expected = interaction.response[0]?.contents.content as readonly Run[]
    try {
      const envelope = filledEnvelope(interaction, this.#values)
      const replayed = await replayStream(envelope, {
        baseUrl,
        expected,
        timeoutMs: this.#timeoutMs,
      })
      this.#streams.set(this.#index, replayed.response)
      for (const problem of replayed.problems) this.report({ ...problem, fix: fixes[problem.code] })
      return replayed.response
    } catch (error) {
      this.report({
        code: isTimeout(error) ? 'no-answer' : 'stream-mismatch',
        message: `It could not be replayed: ${messageOf(error)}.`,
        fix: 'Look at the target.',
      })
      return []
    }
  }

  /** Takes what is wrong with the interaction that is being replayed. */
  report(problem: ReplayProblem): void {
    this.#problems.set(this.#index, [...(this.#problems.get(this.#index) ?? []), problem])
  }
}

const fixes: Readonly<Record<StreamProblem['code'], string>> = {
  'stream-not-ended': 'End the stream after its last event.',
  'stream-held-back': 'Send each event when it is there: flush, and let no proxy buffer.',
  'no-answer': 'Answer, or refuse.',
  'stream-mismatch': 'Answer with a stream as the contract has it.',
}

/** By name: Jest's tests have an `Error` of their own, to which Node's errors do not belong. */
function isTimeout(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'name' in error && error.name === 'TimeoutError'
}

function messageOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? ` (${error.cause.message})` : ''
  return `${error instanceof Error ? error.message : String(error)}${cause}`
}
