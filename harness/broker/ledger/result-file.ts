import { z } from 'zod'

const Replay = z.object({ target: z.string(), providerVersion: z.string(), at: z.string(), ok: z.boolean() })

/** What one run of a provider against one pact found out: `concordat replay --results` writes these. */
export const ResultFile = z.object({
  kind: z.literal('replay-results'),
  consumer: z.string(),
  provider: z.string(),
  target: z.string(),
  providerVersion: z.string(),
  at: z.string(),
  interactions: z.array(z.object({ description: z.string(), digest: z.string(), ok: z.boolean() })),
})
export type ResultFile = z.output<typeof ResultFile>

/** A committed ledger: by edge (`consumer -> provider`) its interactions, each with its digest and who replayed it. */
export const LedgerFile = z.object({
  interactions: z.record(
    z.string().regex(/^.+ -> .+$/, 'must be of the form "consumer -> provider"'),
    z.array(z.looseObject({ description: z.string(), interaction: z.string(), replayed: z.array(Replay) })),
  ),
})
export type LedgerFile = z.output<typeof LedgerFile>
