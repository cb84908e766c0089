import { edgesInto, type Edge, type System } from '#harness/contract/system.ts'
import { readPactIfAny, type PactInteraction } from '#harness/pact/file/pact-file.ts'
import { operationOf } from '#harness/pact/replay/operation-of.ts'
import { paths } from '#harness/project/paths.ts'

/** An interaction of a pact, with the consumer that recorded it and the operation that it calls. */
export type Recorded = Readonly<{ consumer: string; operation: string | undefined; interaction: PactInteraction }>

/** The pacts of a system, as they are read to be compared with what is called. */
export type PactBook = Readonly<{
  /** What was recorded of an edge; on one whose consumer is not declared, of all edges to its provider. */
  of: (edge: Edge) => readonly Recorded[]
}>

/** Reads the pacts of a system. An edge without a pact has no interactions. Rejects with InvalidPact. */
export async function readPactBook(system: System): Promise<PactBook> {
  const byProvider = new Map<string, readonly Recorded[]>()
  for (const provider of new Set(system.edges.map((edge) => edge.provider))) {
    const read = await Promise.all(edgesInto(system, provider).map((edge) => recordedOn(system, edge)))
    byProvider.set(provider, read.flat())
  }
  return {
    of({ consumer, provider }) {
      const all = byProvider.get(provider) ?? []
      const isDeclared = system.edges.some((edge) => edge.consumer === consumer && edge.provider === provider)
      return isDeclared ? all.filter((recorded) => recorded.consumer === consumer) : all
    },
  }
}

async function recordedOn(system: System, edge: Edge): Promise<readonly Recorded[]> {
  const pact = await readPactIfAny(paths.pact(system.name, edge))
  const contract = system.components[edge.provider]?.contract
  return (pact?.interactions ?? []).map((interaction) => ({
    consumer: edge.consumer,
    operation: contract && (operationOf(contract, interaction) ?? preflightOperation(interaction)),
    interaction,
  }))
}

/** A preflight names the operation that it asks for. */
function preflightOperation(interaction: PactInteraction): string | undefined {
  if (interaction.type === 'Synchronous/HTTP') return undefined
  const { transport, operation } = interaction.request.contents.content as { transport: string; operation: string }
  return transport === 'preflight' ? operation : undefined
}
