import type { Finding } from '#harness/contract/finding.ts'

/** One component of a stack, as the real service or as its mock. */
export type Part = AsyncDisposable &
  Readonly<{
    /** Where it answers; undefined while it is down. */
    url: () => string | undefined
    setUp: (state: string, params: Readonly<Record<string, unknown>>) => Promise<Readonly<Record<string, unknown>>>
    kind: 'live' | 'mock'
    /** Takes a mock's states back and ends what it does by itself, until its reset. A real service goes on. */
    quiet: () => Promise<void>
    /** Takes back all states. A mock does so at once, before the call is over. */
    reset: () => Promise<void>
    /** Brings it back. Does nothing while it is up. */
    start: () => Promise<void>
    stop: () => Promise<void>
    kill: () => Promise<void>
    /** Its last lines; a mock says nothing. */
    log: (lines: number) => readonly string[]
    /** What a mock did outside its contract since its last reset. */
    findings: () => readonly Finding[]
    /** What it runs on, for people. */
    stores: readonly string[]
  }>

/** What a part is started with. */
export type PartOptions = Readonly<{
  /** Where those are that it calls. */
  peers: (component: string) => string
  environment: Readonly<Record<string, string>>
}>
