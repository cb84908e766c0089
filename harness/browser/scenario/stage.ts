import type { Page } from 'playwright-core'
import type { FaultOptions } from '#harness/fault/hooks-of.ts'
import type { EdgeOrder } from '#harness/scenario/edge-faults.ts'

/**
 * Where the pages of a system meet what they call: mocks in the browser itself, mocks on ports, or the live services.
 */
export type BrowserKind = 'msw' | 'mock' | 'live'

/** What a story in a browser is told with. Each has a browser profile of its own, in which nobody has signed in. */
export type Stage = Readonly<{
  kind: BrowserKind
  /** Where the pages are. */
  origin: string
  /** A tab at the first page. */
  page: Page
  /** A further tab of the same profile, at a path. */
  openTab: (path: string) => Promise<Page>
  /** Puts a component into a state; gives what the state provides. */
  setUp: (
    component: string,
    state: string,
    params: Readonly<Record<string, unknown>>,
  ) => Promise<Readonly<Record<string, unknown>>>
  /**
   * Lets what goes to a provider and back fail, until the story ends: a fault or several, on all calls or on one operation.
   * None at all takes back what was set before. Not for mocks in the browser.
   */
  fault: (provider: string, what: EdgeOrder, options?: FaultOptions) => void
  /** Lets an error pass that the story brings about on the console. */
  expectError: (pattern: RegExp) => void
  /** Says that the story changes its profile in a way that cannot be taken back, as by another clock. */
  spendProfile: () => void
}>
