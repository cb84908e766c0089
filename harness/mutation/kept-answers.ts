import type { Finding } from '#harness/contract/finding.ts'
import { replay, type ReplayedInteraction } from '#harness/pact/replay/replay.ts'
import type { Target } from '#harness/pact/replay/target.ts'
import type { Hooks, ProxiedReply, ProxiedRequest } from '#harness/stack/proxy/types.ts'
import type { EdgeBench } from './bench.ts'

/** What a target answered to one interaction, and what its states provided for it. */
export type KeptAnswer = Readonly<{
  reply: ProxiedReply
  values: readonly Readonly<Record<string, unknown>>[]
}>

/** The answers of a target to the interactions of request and reply, by their index in the pact. */
export type KeptAnswers = ReadonlyMap<number, KeptAnswer>

/** Asks a target all that a pact asks, and keeps what it answers. */
export async function askOnce(
  bench: EdgeBench,
  timeoutMs: number,
): Promise<Readonly<{ replayed: readonly ReplayedInteraction[]; kept: KeptAnswers }>> {
  const { pact, contract, target, proxy, verifier } = bench
  const replies = new Map<number, ProxiedReply>()
  const values = new Map<number, Readonly<Record<string, unknown>>[]>()
  let at = -1
  proxy.hooks({
    reply(reply, { method }) {
      if (method !== 'OPTIONS') replies.set(at, plain(reply))
      return reply
    },
  })
  const asked: Target = {
    ...target,
    baseUrl: proxy.url,
    async reset() {
      at++
      await target.reset()
    },
    async setUp(state, params) {
      const provided = await target.setUp(state, params)
      values.set(at, [...(values.get(at) ?? []), provided])
      return provided
    },
  }
  const replayed = await replay({ pact, contract, target: asked, verifier, timeoutMs })
  const kept = pact.interactions.flatMap(({ type }, index) => {
    const reply = replies.get(index)
    return type === 'Synchronous/HTTP' && reply ? [[index, { reply, values: values.get(index) ?? [] }] as const] : []
  })
  return { replayed, kept: new Map(kept) }
}

/** A reply without what says how it was sent: its body is decoded, and sent anew. */
function plain(reply: ProxiedReply): ProxiedReply {
  const {
    'content-encoding': _coding,
    'content-length': _length,
    'transfer-encoding': _framing,
    ...headers
  } = reply.headers
  return { ...reply, headers }
}

/** One replay of one interaction, its kept answer changed by hooks for whole replies. */
export type KeptReplay = Readonly<{ interaction: number; hooks: Hooks }>

/**
 * Replays interactions on kept answers, any of them as often as wanted, in one run: a change of a reply need not trouble
 * its provider, who would answer the same again. Gives what was found in each.
 */
export async function replayKept(
  { pact, contract, target, proxy, verifier }: EdgeBench,
  replays: readonly KeptReplay[],
  kept: KeptAnswers,
): Promise<readonly (readonly Finding[])[]> {
  let at = -1
  let states = 0
  const answer = (): KeptAnswer | undefined => kept.get(replays[at]?.interaction ?? -1)
  proxy.hooks({ request: (request) => instead(request, replays[at], answer()) })
  const again: Target = {
    ...target,
    baseUrl: proxy.url,
    reset() {
      at++
      states = 0
      return Promise.resolve()
    },
    setUp: () => Promise.resolve(answer()?.values[states++] ?? {}),
    evidence: () => [],
  }
  const interactions = replays.flatMap(({ interaction }) => pact.interactions[interaction] ?? [])
  const replayed = await replay({ pact: { ...pact, interactions }, contract, target: again, verifier })
  return replayed.map(({ findings }) => findings)
}

function instead(
  request: ProxiedRequest,
  one: KeptReplay | undefined,
  answer: KeptAnswer | undefined,
): ReturnType<NonNullable<Hooks['request']>> {
  if (!one || !answer) return request
  const reply = one.hooks.reply?.(answer.reply, request) ?? answer.reply
  return typeof reply === 'string' ? reply : { reply }
}
