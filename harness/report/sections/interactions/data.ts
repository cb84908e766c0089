import { z } from 'zod'
import { PlaceData } from '../../data/place.ts'

const Replay = z.object({
  target: z.string().describe('`live`, `mock`, or where else it was replayed.'),
  state: z.enum(['same', 'differs', 'missing']).describe('`missing`: it was not replayed there.'),
  differences: z.array(z.string()).describe('`$.reply.body.title: …`, in words.'),
})

const Interaction = z.object({
  description: z.string(),
  operation: z.string().optional().describe('Absent where the contract has none for it.'),
  place: PlaceData.optional().describe("Where the consumer's test describes it."),
  replays: z.array(Replay),
})

const Run = z.object({ target: z.string(), milliseconds: z.number().min(0), stores: z.array(z.string()) })

export const EdgeInteractions = z.array(
  z.object({
    system: z.string(),
    edge: z.string().describe('`consumer -> provider`'),
    pact: z.enum(['missing', 'invalid', 'read']),
    runs: z.array(Run).describe('One for each target, with how long all took.'),
    interactions: z.array(Interaction),
  }),
)
export type EdgeInteractions = z.output<typeof EdgeInteractions>[number]
export type InteractionData = EdgeInteractions['interactions'][number]
export type ReplayData = InteractionData['replays'][number]
