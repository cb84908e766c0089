import type { Page } from 'playwright-core'
import type { ScenarioResult } from '#harness/project/results.ts'
import type { App } from '../app.ts'
import type { BuiltPages } from './built-pages.ts'
import { openMswTheatre } from './msw-theatre.ts'
import type { Profiles } from './profiles.ts'
import { openStackTheatre } from './stack-theatre.ts'
import type { BrowserKind, Stage } from './stage.ts'

/** A browser, and what its pages call. Stories are told in it one after another. */
export type Theatre = AsyncDisposable &
  Readonly<{
    profiles: Profiles
    /** The origin of the pages. */
    origin: string
    /** The hosts, with their ports, that pages may ask: their own, and those of the components that they call. */
    hosts: readonly string[]
    /** Takes back all states and faults. */
    reset: () => Promise<void>
    setUp: (page: Page, ...args: Parameters<Stage['setUp']>) => ReturnType<Stage['setUp']>
    fault: Stage['fault']
    /** What was wrong on the way since the last reset, and what live services said last. */
    findings: () => string
    evidence: () => string
    /** What went over the edges since the last reset, for the story's result; nothing where there are no taps. */
    traffic: () => Pick<ScenarioResult, 'traffic'>
  }>

/** Opens the theatre of a kind. `pages` gives the built pages, for those kinds whose pages are the same. */
export function openTheatre(app: App, kind: BrowserKind, pages: () => Promise<BuiltPages>): Promise<Theatre> {
  return kind === 'msw' ? openMswTheatre(app) : openStackTheatre(app, kind, pages)
}
