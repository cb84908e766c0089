import { pactFileName, type System } from '#harness/contract/system.ts'
import { edgeInputs, type EdgeInputs } from '#harness/impact/edge-inputs.ts'
import { currentProofs } from './current-proof.ts'
import { readLedger, type Ledger, type LedgerEntry } from './ledger.ts'
import { whatDiffers } from './what-differs.ts'

/** On which targets beside live and mock each edge was replayed well in a run, by its name in the ledger. */
export type WellReplayed = ReadonlyMap<string, readonly string[]>

/**
 * The ledger of a system after a run: a new proof for each edge that was recorded as a whole and answered well on live and
 * mock, the former one for all others, none for edges that are not declared any more.
 */
export async function updatedLedger(system: System, wellReplayed: WellReplayed): Promise<Ledger> {
  const [ledger, proofOf, all] = await Promise.all([readLedger(system.name), currentProofs(system), edgeInputs(system)])
  const entries = await Promise.all(
    all.map(async (inputs): Promise<[string, LedgerEntry][]> => {
      const name = ledgerName(inputs)
      const old = ledger.edges[name]
      const further = wellReplayed.get(name)
      const proof = further ? await proofOf(inputs) : undefined
      const entry = proof && further ? withFurther(proof, old, further) : old
      return entry ? [[name, entry]] : []
    }),
  )
  return { edges: Object.fromEntries(entries.flat()) }
}

/** `till--stock`: an edge in the ledger of its system. */
export function ledgerName({ edge }: Pick<EdgeInputs, 'edge'>): string {
  return pactFileName(edge).replace(/\.json$/, '')
}

/**
 * What ran elsewhere ran the live provider's code. A proof that holds stays as it is: whether a machine has an engine for
 * containers must not change what is committed. Where a new one did not run there, the former time stands.
 */
function withFurther(proof: LedgerEntry, old: LedgerEntry | undefined, further: readonly string[]): LedgerEntry {
  if (old && whatDiffers(old, proof).length === 0) return old
  const live = proof.replayed['live'] ?? ''
  const anew = Object.fromEntries(further.map((target) => [target, live]))
  return { ...proof, replayed: { ...old?.replayed, ...proof.replayed, ...anew } }
}
