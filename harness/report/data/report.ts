import { z } from 'zod'
import { SectionData } from '../sections/sections.ts'
import { Changes } from './changes.ts'
import { Figures } from './figures.ts'
import { PlacedFinding } from './placed-finding.ts'
import { RunData } from './run.ts'

const Failure = z.object({
  file: z.string(),
  titles: z.array(z.string()).describe('Tests of the file that failed alike.'),
  message: z.string(),
})

/** The document report.json: all that the other files of a report are made of. */
export const Report = z.object({
  version: z.literal(1),
  verdict: z.enum(['green', 'red', 'nothing verified']),
  run: RunData,
  figures: Figures,
  findings: z.array(PlacedFinding).describe('Errors first.'),
  failures: z.array(Failure).describe('Failed tests, with what they said.'),
  changes: Changes.optional().describe('Against the report of an earlier run, where there was one.'),
  sections: SectionData,
})
export type Report = z.output<typeof Report>
