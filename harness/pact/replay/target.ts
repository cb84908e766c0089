/** What a pact is replayed against. */
export type Target = AsyncDisposable &
  Readonly<{
    /** `live`, `mock`, or the URL of a service that somebody else runs. */
    name: string
    baseUrl: string
    /** States that the target has a handler for; undefined where only the target knows (a state-change URL). */
    states: ReadonlySet<string> | undefined
    setUp: (state: string, params: Readonly<Record<string, unknown>>) => Promise<Readonly<Record<string, unknown>>>
    /** Takes back what was set up before. */
    reset: () => Promise<void>
    /** What the target said of itself since its last reset, for a failure's evidence: lines of its log, its findings. */
    evidence: () => readonly string[]
  }>
