import { z } from 'zod'
import { coverage } from './coverage/coverage.ts'
import { drifts } from './drifts/drifts.ts'
import { interactions } from './interactions/interactions.ts'
import { load } from './load/load.ts'
import { operations } from './operations/operations.ts'
import { scenarios } from './stories/stories.ts'
import type { Section, Sources } from './section.ts'
import { survival } from './survival/survival.ts'
import { systems } from './systems/systems.ts'

/** The parts of a report, in the order in which it shows them. A further one is a line here. */
export const sections = { systems, interactions, operations, coverage, scenarios, survival, drifts, load } as const

type Sections = typeof sections
type SectionName = keyof Sections

/** What all of them keep, by name. */
export const SectionData = z.object(
  Object.fromEntries(Object.entries(sections).map(([name, { data }]) => [name, data])) as {
    [Name in SectionName]: Sections[Name]['data']
  },
)
export type SectionData = z.output<typeof SectionData>

/** The sections with their names and data, for who shows them one after another. */
export function sectionsOf(data: SectionData): readonly Readonly<{ name: string; section: Section; data: unknown }>[] {
  return Object.entries(sections).map(([name, section]) => ({ name, section, data: data[name as SectionName] }))
}

/** What each section keeps of these sources. */
export function collectSections(sources: Sources): SectionData {
  const kept = Object.entries(sections).map(([name, section]) => [name, (section as Section).collect(sources)])
  return Object.fromEntries(kept) as SectionData
}
