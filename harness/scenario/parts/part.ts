import type { Finding } from '#harness/contract/finding.ts'
import type { LocalService } from '#harness/serve/node/host.ts'

/** One component of a stack: the real service, its mock, or one that somebody else runs. */
export type Part = AsyncDisposable &
  Readonly<{
    /** Where it answers; undefined while it is down. */
    url: () => string | undefined
    /** Itself, where it runs in this process and is up. */
    local?: () => LocalService | undefined
    setUp: (
      state: string,
      params: Readonly<Record<string, unknown>>,
      options?: SetUpOptions,
    ) => Promise<Readonly<Record<string, unknown>>>
    kind: PartKind
    /** What it is, for people: `mock (seed 1)`, `live (pid 123)`, `url`. */
    title: () => string
    /** Takes a mock's states back and ends what it does by itself, until its reset. A real service goes on. */
    quiet: () => Promise<void>
    /** Takes back all states. A mock does so at once, before the call is over. What somebody else runs stays as it is. */
    reset: () => Promise<void>
    /** Brings it back. Does nothing while it is up. */
    start: () => Promise<void>
    stop: () => Promise<void>
    kill: () => Promise<void>
    /** Its last lines; only a real service of ours says something. */
    log: (lines: number) => readonly string[]
    /** What a mock did outside its contract since its last reset. */
    findings: () => readonly Finding[]
    /** What it runs on, for people. */
    stores: readonly string[]
    /** Resolves, with what it said last, when a real service has ended though nobody asked it to. */
    ended: Promise<string>
  }>

/** One session of a mock (x-concordat-session), where only that is meant. A real service has none. */
export type SetUpOptions = Readonly<{ session?: string | undefined }>

export type PartKind = 'live' | 'mock' | 'url'

/** What a part is started with. */
export type PartOptions = Readonly<{
  /** Where those are that it calls. */
  peers: (component: string) => string
  environment: Readonly<Record<string, string>>
  /** What a mock waits for before it does something by itself. */
  backgroundAfter?: Promise<void> | undefined
  onFinding?: ((finding: Finding) => void) | undefined
  /** Told what somebody who works with a mock has to know. */
  onNotice?: ((text: string) => void) | undefined
}>

/** What does not end by itself. */
export const neverEnds: Promise<string> = new Promise(() => undefined)
