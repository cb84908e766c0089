import { z } from 'zod'

/** An operation of an edge: what the contract declares of the provider, and what was called beyond that. */
const CoveredOperation = z.object({
  system: z.string(),
  consumer: z.string(),
  provider: z.string(),
  operation: z.string().optional().describe('Absent for a call that the contract has no operation for.'),
  signature: z.string(),
  called: z.int().min(0).describe('Calls in all stories, over taps.'),
  recorded: z.int().min(0).describe("Interactions of this edge's own pact that use it."),
})

const Totals = z.object({
  edges: z.int().min(0),
  edgesWithPact: z.int().min(0),
  operations: z.int().min(0).describe('That contracts declare for those who call.'),
  recorded: z.int().min(0).describe('Of these, those that some pact uses.'),
  called: z.int().min(0).describe('Of these, those that a story called.'),
})

export const Coverage = z.object({
  totals: Totals,
  calledUnrecorded: z.array(CoveredOperation).describe('Called on an edge whose own pact does not use it.'),
  undeclared: z.array(CoveredOperation).describe('Called, and in no contract.'),
  unused: z
    .array(z.object({ system: z.string(), provider: z.string(), operation: z.string(), signature: z.string() }))
    .describe('In no pact of anybody, and never called.'),
})
export type Coverage = z.output<typeof Coverage>
export type CoveredOperation = z.output<typeof CoveredOperation>
