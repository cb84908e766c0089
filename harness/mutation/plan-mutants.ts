import type { AnyContract } from '#harness/contract/contract.ts'
import type { Operation } from '#harness/contract/operation.ts'
import type { HttpPactInteraction, PactFile, PactInteraction } from '#harness/pact/file/pact-file.ts'
import { operationOf } from '#harness/pact/replay/operation-of.ts'
import type { Envelope, Run, SseEnvelope } from '#harness/pact/stream/envelope.ts'
import { channelMutants, refusalMutants } from './channel-mutants.ts'
import { together, type Mutants, type Unobservable } from './mutant.ts'
import type { BodyRules } from './pact-rules.ts'
import { replyMutants } from './reply-mutants.ts'
import { operationMutants, preflightMutants } from './request-mutants.ts'
import { streamMutants } from './stream-mutants.ts'

/** Everything that can be wrong with what a pact uses, and with what its contract has beside that. */
export function planMutants({ interactions }: Pick<PactFile, 'interactions'>, contract: AnyContract): Mutants {
  const byOperation = new Map<string, Use[]>()
  interactions.forEach((interaction, index) => {
    const name = operationOf(contract, interaction)
    if (name !== undefined) byOperation.set(name, [...(byOperation.get(name) ?? []), useOf(interaction, index)])
  })
  return together(
    [...byOperation].flatMap(([name, uses]) => {
      const operation = contract.operations[name]
      return operation ? [ofOperation(name, operation, uses)] : []
    }),
  )
}

/** An interaction, by what it is. */
type Use =
  | Readonly<{ kind: 'http'; index: number; interaction: HttpPactInteraction }>
  | Readonly<{ kind: 'stream'; index: number; envelope: SseEnvelope; runs: readonly Run[]; rules: BodyRules }>
  | Readonly<{ kind: 'channel'; index: number; runs: readonly Run[]; rules: BodyRules }>
  | Readonly<{ kind: 'refused channel'; index: number; refused: number }>
  | Readonly<{ kind: 'preflight'; index: number }>

function useOf(interaction: PactInteraction, index: number): Use {
  if (interaction.type === 'Synchronous/HTTP') return { kind: 'http', index, interaction }
  const envelope = interaction.request.contents.content as Envelope
  const response = interaction.response[0]
  const content = response?.contents.content as readonly (Run | Readonly<{ refused: number }>)[]
  const rules = (response?.matchingRules?.['body'] ?? {}) as BodyRules
  switch (envelope.transport) {
    case 'sse':
      return { kind: 'stream', index, envelope, runs: content as readonly Run[], rules }
    case 'preflight':
      return { kind: 'preflight', index }
    case 'ws': {
      const [first] = content
      if (first && 'refused' in first) return { kind: 'refused channel', index, refused: first.refused }
      return { kind: 'channel', index, runs: content as readonly Run[], rules }
    }
  }
}

function ofOperation(name: string, operation: Operation, uses: readonly Use[]): Mutants {
  const only = <K extends Use['kind']>(kind: K): Extract<Use, { kind: K }>[] =>
    uses.filter((use): use is Extract<Use, { kind: K }> => use.kind === kind)
  const replies = Map.groupBy(only('http'), ({ interaction }) => interaction.response.status)
  const called = [...only('stream'), ...only('http').toSorted(byStatus)].map(({ index }) => index)
  const preflights = only('preflight').map(({ index }) => index)
  return together([
    { mutants: [], unobservable: neverSeen(name, operation, uses) },
    {
      mutants: [
        ...(called.length > 0 ? operationMutants(name, operation, called) : []),
        ...(preflights.length > 0 ? preflightMutants(name, preflights) : []),
      ],
      unobservable: [],
    },
    ...[...replies].map(([status, some]) =>
      replyMutants({
        operation: name,
        status,
        definition: operation.spec.replies?.[status],
        declared: Object.keys(operation.spec.replies ?? {}).map(Number),
        uses: some,
      }),
    ),
    ...(operation.kind === 'sse' && only('stream').length > 0 ? [streamMutants(name, operation, only('stream'))] : []),
    ...(operation.kind === 'ws' && only('channel').length > 0
      ? [channelMutants(name, operation, only('channel'))]
      : []),
    ...(only('refused channel').length > 0 ? [refusalMutants(name, only('refused channel'))] : []),
  ])
}

/** Replies, events and messages that the contract has and no interaction gets. */
function neverSeen(name: string, operation: Operation, uses: readonly Use[]): readonly Unobservable[] {
  const came = new Set(uses.flatMap(cameIn))
  const streamed = uses.some((use) => 'runs' in use)
  const declared = [
    ...Object.keys(operation.spec.replies ?? {}),
    ...(streamed && operation.kind === 'sse' ? Object.keys(operation.spec.events) : []),
    ...(streamed && operation.kind === 'ws' ? Object.keys(operation.spec.receive) : []),
  ]
  return declared
    .filter((place) => !came.has(place))
    .map((place) => ({
      operation: name,
      place,
      change: 'in any way',
      why: 'no interaction of the pact gets it',
      advice: 'Record one where the consumer makes something of it.',
    }))
}

function cameIn(use: Use): readonly string[] {
  switch (use.kind) {
    case 'http':
      return [String(use.interaction.response.status)]
    case 'stream':
    case 'channel':
      return use.runs.map(({ name }) => name)
    case 'refused channel':
      return [String(use.refused)]
    case 'preflight':
      return []
  }
}

/** What is done shows more than what is refused. */
function byStatus(
  a: Readonly<{ interaction: HttpPactInteraction }>,
  b: Readonly<{ interaction: HttpPactInteraction }>,
): number {
  return a.interaction.response.status - b.interaction.response.status
}
