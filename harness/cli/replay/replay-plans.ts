import type { AnyContract } from '#harness/contract/contract.ts'
import { explainReplay } from '#harness/pact/replay/explain.ts'
import { replay, type ReplayedInteraction } from '#harness/pact/replay/replay.ts'
import type { Target } from '#harness/pact/replay/target.ts'
import type { PactVerifier } from '#harness/pact/replay/verifier.ts'
import type { Plan } from './plan.ts'

/** One interaction that was replayed; `explanation` says what is wrong with it, if anything is. */
export type Replayed = Readonly<{ edge: string; explanation: string | undefined }> & ReplayedInteraction

export type PlansRequest = Readonly<{
  plans: readonly Plan[]
  contract: AnyContract
  target: Target
  verifier: PactVerifier
  timeoutMs: number
  /** The command that replays one interaction again. */
  rerun: (description: string) => string
}>

/** Replays edge after edge: the target's states belong to one interaction at a time. */
export async function replayPlans({ plans, rerun, ...request }: PlansRequest): Promise<readonly Replayed[]> {
  const all: Replayed[] = []
  for (const { pact } of plans) {
    const edge = `${pact.consumer.name} -> ${pact.provider.name}`
    for (const one of await replay({ ...request, pact })) {
      const isWrong = one.findings.length > 0
      const explanation = isWrong ? explainReplay(one, request.target, rerun(one.interaction.description)) : undefined
      all.push({ ...one, edge, explanation })
    }
  }
  return all
}
