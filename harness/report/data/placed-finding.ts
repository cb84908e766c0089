import { z } from 'zod'
import { PlaceData } from './place.ts'

/** A finding, and where in the sources it can be seen from. */
export const PlacedFinding = z.object({
  code: z.string().describe('One of docs/errors.md.'),
  severity: z.enum(['error', 'warning']),
  edge: z.string().optional(),
  operation: z.string().optional(),
  interaction: z.string().optional(),
  path: z.string().optional().describe('Where in the request, reply, stream or file: `$.reply.body.title`.'),
  target: z.string().optional(),
  message: z.string(),
  fix: z.string(),
  system: z.string().optional().describe('The system that it is about, where that is known.'),
  places: z.array(PlaceData.extend({ of: z.enum(['consumer', 'provider', 'mock', 'contract', 'file']) })),
})
export type PlacedFinding = z.output<typeof PlacedFinding>

/** `edge · interaction · path · on live`: where a finding is, in words. */
export function whereOf({ edge, operation, interaction, path, target }: PlacedFinding): string {
  return [edge, interaction ?? operation, path, target && `on ${target}`].filter(Boolean).join(' · ')
}
