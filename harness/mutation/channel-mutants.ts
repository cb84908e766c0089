import { z } from 'zod'
import type { WsOperation } from '#harness/contract/operation.ts'
import { fieldMutants } from './field-mutants.ts'
import { onMessageData, onMessages, type Message } from './hooks.ts'
import { together, type Mutant, type Mutants } from './mutant.ts'
import { silenceMs } from './request-mutants.ts'
import { bodiesOfRuns, doubledIsRefused, namesIn, type RunsUse } from './runs.ts'

/** All that may be wrong with a channel: with the messages that a client receives, and with opening it. */
export function channelMutants(operation: string, { spec }: WsOperation, uses: readonly RunsUse[]): Mutants {
  const wrong = (at: string, change: string, { hooks, whose }: Wrong): Mutant => ({
    class: 'C16',
    operation,
    place: at,
    change,
    used: true,
    expected: 'caught',
    on: 'exchange',
    hooks,
    interactions: whose.map(({ index }) => index),
    severity: 'error',
    advice: 'Record a conversation with an example of each message that the consumer reads.',
  })
  return together([
    ...namesIn(uses).map((name) =>
      fieldMutants({
        operation,
        name: `${name} $`,
        schema: spec.receive[name] ?? z.unknown(),
        bodies: bodiesOfRuns(uses, name),
        interactions: having(uses, name).map(({ index }) => index),
        on: 'exchange',
        hooks: (change) => onMessageData(name, change),
      }),
    ),
    {
      mutants: [
        ...namesIn(uses).flatMap((name) => messageMutants(name, having(uses, name), wrong)),
        wrong('channel', 'not there', { hooks: notThere, whose: uses }),
        wrong('channel', 'broken off at its first message', { hooks: onMessages(() => 'cut'), whose: uses }),
      ],
      unobservable: [],
    },
  ])
}

type Wrong = Readonly<{ hooks: Mutant['hooks']; whose: readonly RunsUse[] }>

function having(uses: readonly RunsUse[], name: string): readonly RunsUse[] {
  return uses.filter(({ runs }) => runs.some((run) => run.name === name))
}

function messageMutants(
  name: string,
  whose: readonly RunsUse[],
  wrong: (at: string, change: string, parts: Wrong) => Mutant,
): readonly Mutant[] {
  const of = (change: string, instead: (message: Message) => readonly unknown[]): Mutant =>
    wrong(name, change, {
      hooks: onMessages((message) => (message.type === name ? instead(message) : [message])),
      whose,
    })
  return [
    of('renamed', (message) => [{ ...message, type: `${name}_2` }]),
    { ...of('left out', () => []), timeoutMs: silenceMs },
    of('not wrapped in data', ({ type, data }) => [{ type, ...(data as object) }]),
    {
      ...of('sent twice', (message) => [message, message]),
      expected: whose.some((use) => doubledIsRefused(use, name)) ? 'caught' : 'green',
    },
  ]
}

const notThere: Mutant['hooks'] = (changed) => ({
  upgrade() {
    changed()
    return { reply: { status: 404, headers: {}, body: Buffer.alloc(0) } }
  },
})

/** What may be wrong with how a channel is refused. */
export function refusalMutants(
  operation: string,
  uses: readonly Readonly<{ index: number; refused: number }>[],
): Mutants {
  const statuses = [...new Set(uses.map(({ refused }) => refused))]
  const mutants = statuses.map((status): Mutant => {
    const other = status === 403 ? 401 : 403
    return {
      class: 'C4',
      operation,
      place: `${status} status`,
      change: String(other),
      used: true,
      expected: 'caught',
      on: 'exchange',
      hooks: (changed) => ({
        reply(reply) {
          if (reply.status !== status) return reply
          changed()
          return { ...reply, status: other }
        },
      }),
      interactions: uses.filter(({ refused }) => refused === status).map(({ index }) => index),
      severity: 'error',
      advice: 'Record which status refuses the channel.',
    }
  })
  return { mutants, unobservable: [] }
}
