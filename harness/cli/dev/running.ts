/** Something that runs as long as the command does. */
export type Running = AsyncDisposable &
  Readonly<{
    component: string
    /** For people: `pages`, `mock (seed 1)`, `live (pid 123)`. */
    kind: string
    url: string
    stores: readonly string[]
    /** Resolves, with what is known of it, when it ended by itself. */
    ended: Promise<string>
  }>

/** What does not end by itself. */
export const neverEnds: Promise<string> = new Promise(() => undefined)
