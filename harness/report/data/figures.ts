import { z } from 'zod'

const Count = z.object({ replayed: z.int().min(0), differing: z.int().min(0) })

/** The gate in figures: Summary of harness/gate/summary.ts. */
export const Figures = z.object({
  edges: z.int().min(0),
  recorded: z.int().min(0).describe('Interactions in the pacts.'),
  replayed: z.object({ live: Count, mock: Count }),
  alsoReplayed: z.array(Count.extend({ target: z.string(), recorded: z.int().min(0) })),
  scenarios: z.object({ told: z.int().min(0), passed: z.int().min(0) }),
  survival: z.object({ tried: z.int().min(0), survived: z.int().min(0) }),
  drift: z.object({
    applied: z.int().min(0),
    caught: z.int().min(0),
    harmless: z.int().min(0),
    falseAlarms: z.int().min(0),
  }),
  stores: z.array(z.string()).describe('What the live services ran on.'),
  seconds: z.number().min(0),
})
export type Figures = z.output<typeof Figures>
