import { existsSync } from 'node:fs'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { stableJson } from '#harness/impact/diff/json.ts'
import { projectRoot } from '#harness/project/paths.ts'

const Digest = z.string().regex(/^[0-9a-f]{16}$/)

const LedgerEntry = z.object({
  /** The pact file that was replayed. */
  pact: Digest,
  /** What the provider's contract meant, as far as the pact uses it. */
  contract: Digest,
  /** By test that records: the test with the client that it imports, and which interactions came of it. */
  recorded: z.record(z.string(), z.object({ consumer: Digest, interactions: z.array(z.string()) })),
  /** By target: the code that every one of these interactions was last replayed on, and was answered well by. */
  replayed: z.record(z.string(), Digest),
})

const Ledger = z.object({ edges: z.record(z.string(), LedgerEntry) })

/** What proves that the pact of an edge was recorded from, and replayed on, what there is. */
export type LedgerEntry = z.output<typeof LedgerEntry>

/** The proofs of a system's edges, by `till--stock`. */
export type Ledger = z.output<typeof Ledger>

/**
 * Where the ledger of a system is, in the project: beside the folder of its pacts, as tools that publish a folder take all
 * JSON in it for pacts.
 */
export function ledgerPath(system: string): string {
  return `pacts/${system}.ledger.json`
}

/** The ledger of a system as it is committed. One that is not there, or that a merge left unreadable, proves nothing. */
export async function readLedger(system: string): Promise<Ledger> {
  const file = join(projectRoot, ledgerPath(system))
  if (!existsSync(file)) return { edges: {} }
  try {
    return Ledger.parse(JSON.parse(await readFile(file, 'utf8')))
  } catch {
    return { edges: {} }
  }
}

/** Writes a ledger in one step: keys sorted, so that the same proofs are the same bytes. Gives whether anything changed. */
export async function writeLedger(system: string, ledger: Ledger): Promise<boolean> {
  const file = join(projectRoot, ledgerPath(system))
  const text = `${JSON.stringify(JSON.parse(stableJson(ledger)), null, 2)}\n`
  if (existsSync(file) ? (await readFile(file, 'utf8')) === text : Object.keys(ledger.edges).length === 0) return false
  await mkdir(dirname(file), { recursive: true })
  const draft = `${file}.${process.pid}.tmp`
  try {
    await writeFile(draft, text)
    await rename(draft, file)
  } finally {
    await rm(draft, { force: true })
  }
  return true
}
