import { z } from 'zod'

const Exchange = z.object({
  consumer: z.string(),
  provider: z.string(),
  operation: z.string().optional(),
  signature: z.string().describe('`GET /books/{id}`'),
  at: z.number().min(0).describe('Milliseconds since the first exchange began.'),
  milliseconds: z.number().min(0),
  status: z.int().optional().describe('Absent where no answer came; 101 for a channel.'),
  outcome: z.string(),
  items: z.int().min(0).optional().describe('Events of a stream, or messages of a channel.'),
})

const Traffic = z.object({
  exchanges: z.array(Exchange),
  left: z.int().min(0).describe('How many more there were.'),
})

const Telling = z.object({
  target: z.string(),
  passed: z.boolean(),
  milliseconds: z.number().min(0).optional(),
  traffic: Traffic.optional().describe('Absent where nothing is tapped.'),
})

export const Scenarios = z.array(z.object({ system: z.string(), story: z.string(), tellings: z.array(Telling) }))
export type ScenarioData = z.output<typeof Scenarios>[number]
export type TellingData = ScenarioData['tellings'][number]
export type ExchangeData = z.output<typeof Exchange>
