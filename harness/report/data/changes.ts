import { z } from 'zod'

const Told = z.object({ code: z.string(), where: z.string(), message: z.string() })
const Interaction = z.object({ edge: z.string(), interaction: z.string() })

/** What is otherwise than in the run before. */
export const Changes = z.object({
  since: z.object({ at: z.iso.datetime(), commit: z.string().optional(), verdict: z.string() }),
  newFindings: z.array(Told),
  goneFindings: z.array(Told),
  newInteractions: z.array(Interaction),
  goneInteractions: z.array(Interaction),
  turned: z
    .array(z.object({ what: z.string(), from: z.string(), to: z.string() }))
    .describe('Interactions and scenarios that came out otherwise.'),
  figures: z.array(z.object({ name: z.string(), before: z.string(), after: z.string() })),
})
export type Changes = z.output<typeof Changes>
