import type { System } from '#harness/contract/system.ts'
import { edgeInputs, type EdgeInputs } from '#harness/impact/edge-inputs.ts'
import { currentProofs } from './current-proof.ts'
import { readLedger } from './ledger.ts'
import { ledgerName } from './updated-ledger.ts'
import { whatDiffers } from './what-differs.ts'

/** An edge that the committed ledger does not prove, and what of its proof is of something else. */
export type Unproven = Readonly<{ inputs: EdgeInputs; differs: readonly string[] }>

/** The edges of a system that the ledger does not prove to be replayed as they are now. */
export async function unprovenEdges(system: System): Promise<readonly Unproven[]> {
  const [ledger, proofOf, all] = await Promise.all([readLedger(system.name), currentProofs(system), edgeInputs(system)])
  const found = await Promise.all(
    all.map(async (inputs): Promise<Unproven[]> => {
      const current = await proofOf(inputs)
      const differs = current
        ? whatDiffers(ledger.edges[ledgerName(inputs)], current)
        : ['it has no pact that can be read']
      return differs.length > 0 ? [{ inputs, differs }] : []
    }),
  )
  return found.flat()
}
