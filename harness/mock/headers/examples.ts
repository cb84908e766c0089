import type { AnyContract } from '#harness/contract/contract.ts'
import type { HttpPactInteraction, MessagePactInteraction, PactFile } from '#harness/pact/file/pact-file.ts'
import { operationOf } from '#harness/pact/replay/operation-of.ts'
import type { Envelope, Run, SseEnvelope, WsEnvelope } from '#harness/pact/stream/envelope.ts'

/** What consumers recorded of an operation, as an answer. */
export type Example = Readonly<{ description: string; slug: string }> &
  (
    | Readonly<{ kind: 'reply'; response: HttpPactInteraction['response'] }>
    | Readonly<{ kind: 'events'; envelope: SseEnvelope; runs: readonly Run[] }>
    | Readonly<{ kind: 'conversation'; envelope: WsEnvelope; runs: readonly Run[] }>
    | Readonly<{ kind: 'refused-upgrade'; status: number }>
  )

/** Finds the examples of a contract's operations, by operation. */
export function examplesOf(
  contract: AnyContract,
  pacts: readonly PactFile[],
): (operation: string) => readonly Example[] {
  let known: Map<string, Example[]> | undefined
  function all(): Map<string, Example[]> {
    const found = new Map<string, Example[]>()
    for (const interaction of pacts.flatMap((pact) => pact.interactions)) {
      const name = operationOf(contract, interaction)
      const example = exampleIn(interaction)
      if (name !== undefined && example) found.set(name, [...(found.get(name) ?? []), example])
    }
    return found
  }
  return (operation) => (known ??= all()).get(operation) ?? []
}

function exampleIn(interaction: HttpPactInteraction | MessagePactInteraction): Example | undefined {
  const { description } = interaction
  const named = { description, slug: slugOf(description) }
  if (interaction.type === 'Synchronous/HTTP') return { ...named, kind: 'reply', response: interaction.response }
  const envelope = interaction.request.contents.content as Envelope
  const said = interaction.response[0]?.contents.content as readonly (Run | { refused: number })[] | undefined
  const [first] = said ?? []
  if (first && 'refused' in first) return { ...named, kind: 'refused-upgrade', status: first.refused }
  const runs = (said ?? []) as readonly Run[]
  switch (envelope.transport) {
    case 'sse':
      return { ...named, kind: 'events', envelope, runs }
    case 'ws':
      return { ...named, kind: 'conversation', envelope, runs }
    case 'preflight':
      return undefined
  }
}

/** A description as it can stand in a header without quotation marks: `creates-a-conversation`. */
export function slugOf(description: string): string {
  return description
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
}
