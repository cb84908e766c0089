/** One time that an interaction was replayed. */
export type Replay = Readonly<{
  /** On what: `live`, `compose` or a URL. A stand-in proves nothing about a deployment. */
  target: string
  /** Which version of the provider answered. */
  providerVersion: string
  /** When, as an ISO date. */
  at: string
  ok: boolean
}>

/** One interaction of a pact, by a digest of what is promised. */
export type LedgerInteraction = Readonly<{ description: string; digest: string; replays: readonly Replay[] }>

/** The pact of an edge with what is known of it. The names are those that pacts have. */
export type LedgerEdge = Readonly<{ consumer: string; provider: string; interactions: readonly LedgerInteraction[] }>

/** What is known of the versions that belong together: a commit, or what is deployed somewhere. */
export type Ledger = Readonly<{
  /** Where it was read from, in words. */
  source: string
  edges: readonly LedgerEdge[]
}>
