import type { System } from '#harness/contract/system.ts'
import { ledgerPath, writeLedger } from '#harness/ledger/ledger.ts'
import { unprovenEdges } from '#harness/ledger/unproven.ts'
import { updatedLedger } from '#harness/ledger/updated-ledger.ts'

/** What became of the ledgers. */
export type LedgerOutcome = Readonly<{
  /** Edges that their ledger proves to be replayed as they are. */
  proven: number
  /** Ledgers that say something else than before, relative to the project. */
  changed: readonly string[]
}>

/** Enters what was replayed well, by key, into the ledgers of the systems. */
export async function ledgerStage(
  systems: readonly System[],
  well: ReadonlyMap<string, readonly string[]>,
): Promise<LedgerOutcome> {
  const outcomes = await Promise.all(systems.map((system) => updateLedger(system, well)))
  return {
    proven: outcomes.reduce((sum, { proven }) => sum + proven, 0),
    changed: outcomes.flatMap(({ changed }) => changed),
  }
}

async function updateLedger(system: System, well: ReadonlyMap<string, readonly string[]>): Promise<LedgerOutcome> {
  const prefix = `${system.name}/`
  const own = [...well].flatMap(([key, targets]) =>
    key.startsWith(prefix) ? [[key.slice(prefix.length), targets] as const] : [],
  )
  const hasChanged = await writeLedger(system.name, await updatedLedger(system, new Map(own)))
  const unproven = await unprovenEdges(system)
  return { proven: system.edges.length - unproven.length, changed: hasChanged ? [ledgerPath(system.name)] : [] }
}
