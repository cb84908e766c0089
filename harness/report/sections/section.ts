import type { z } from 'zod'
import type { System } from '#harness/contract/system.ts'
import type { GateEvidence } from '#harness/gate/evidence.ts'
import type { Verdict } from '#harness/gate/verdict.ts'
import type { Markup } from '../html/markup.ts'
import type { Links } from '../places/links.ts'
import type { Places } from '../places/places.ts'

/** What sections are drawn from. */
export type Sources = Readonly<{
  verdict: Verdict
  evidence: GateEvidence
  systems: readonly System[]
  /** By the system's name. */
  places: ReadonlyMap<string, Places>
}>

/**
 * One part of a report: what it keeps in report.json, and how that is shown. A further one is a file like the others, and
 * its name in sections.ts.
 */
export type Section<S extends z.ZodType = z.ZodType> = Readonly<{
  title: string
  /** What it keeps. Texts are redacted afterwards. */
  data: S
  collect(sources: Sources): z.output<S>
  /** Its part of report.html, without the heading; nothing where there is nothing to say. */
  html(data: z.output<S>, links: Links): Markup | undefined
  /** Its part of summary.md, where it has one. */
  markdown?(data: z.output<S>, links: Links): string | undefined
}>

/** Declares a section, so that its data are typed throughout. */
export function section<S extends z.ZodType>(parts: Section<S>): Section<S> {
  return parts
}
