import { edgeName, type Edge, type System } from '#harness/contract/system.ts'
import { readPactBook } from '#harness/control/explain/pact-book.ts'
import { chooseCalls, type ChosenCalls } from './choose-calls.ts'
import { findContractModule } from './contract-module.ts'
import { draftInteraction, type DraftInteraction } from './draft-interaction.ts'
import type { DescribedDraft } from './draft-file.ts'
import type { SeenCall } from './seen-call.ts'
import { writeDrafts, type WrittenDrafts } from './write-drafts.ts'

/** What came of the calls that were seen on an edge. */
export type DraftedTests = Readonly<{ chosen: ChosenCalls; written: readonly WrittenDrafts[] }>

/**
 * Writes draft consumer tests for the calls of an edge that its pact does not cover.
 * @throws TypeError where the provider has no contract; InvalidPact where the pact cannot be read.
 */
export async function draftTests(
  { system, edge }: Readonly<{ system: System; edge: Edge }>,
  calls: readonly SeenCall[],
  folder: string,
): Promise<DraftedTests> {
  const contract = system.components[edge.provider]?.contract
  if (!contract) throw new TypeError(`${edgeName(edge)}: the provider has no contract.`)
  const recorded = (await readPactBook(system)).of(edge)
  const chosen = chooseCalls(calls, contract, recorded)
  if (chosen.uncovered.length === 0) return { chosen, written: [] }
  const drafts = chosen.uncovered.map((call) => draftInteraction(contract, call, recorded))
  const taken = recorded.map(({ interaction }) => interaction.description)
  const setting = { system: system.name, edge, module: await findContractModule(system.name, contract) }
  return { chosen, written: await writeDrafts(folder, described(drafts, taken), setting) }
}

/** Each with words of its own, that nothing in the pact goes under. */
function described(drafts: readonly DraftInteraction[], taken: readonly string[]): readonly DescribedDraft[] {
  const used = new Set(taken)
  return drafts.map((draft) => {
    const words = wordsFor(draft)
    let description = words
    for (let number = 2; used.has(description); number++) description = `${words}, case ${number}`
    used.add(description)
    return { draft, description }
  })
}

function wordsFor({ name, interaction: { reply, refused, conversation } }: DraftInteraction): string {
  if (conversation) return `${name} is a conversation`
  if (refused !== undefined) return `${name} is refused with ${refused}`
  return reply ? `${name} is answered with ${reply.status}` : `${name} is answered with a stream`
}
