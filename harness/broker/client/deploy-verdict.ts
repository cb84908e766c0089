/** One line of evidence for a deployment. */
export type DeployRow = Readonly<{
  consumer: string
  consumerVersion: string
  provider: string
  providerVersion: string | undefined
  /** Undefined where nobody verified it. */
  success: boolean | undefined
  ignored: boolean
  /** Where the result is to be seen. */
  url: string | undefined
}>

/**
 * Whether a version may be deployed. `nothing` is what a broker calls a yes and is none: nobody ever published anything that would
 * say otherwise.
 */
export type DeployVerdict = Readonly<{
  kind: 'yes' | 'no' | 'unknown' | 'nothing'
  reasons: readonly string[]
  rows: readonly DeployRow[]
}>

/** An edge that a project declares, by the names that pacts have. */
export type KnownEdge = Readonly<{ consumer: string; provider: string }>

/** Who is to be deployed, and to where: to an environment, or with the main branches of all others. */
export type DeployQuestion = Readonly<{
  pacticipant: string
  version: string
  to: Readonly<{ kind: 'environment'; name: string } | { kind: 'main-branch' }>
  ignored: readonly string[]
  known: readonly KnownEdge[]
}>

/**
 * Edges that the version must have a pact on and has not: where it is the consumer, it needs its provider wherever it goes.
 */
export function unprovenEdges(
  { pacticipant, known, ignored }: Pick<DeployQuestion, 'pacticipant' | 'known' | 'ignored'>,
  rows: readonly DeployRow[],
): readonly KnownEdge[] {
  return known.filter(
    ({ consumer, provider }) =>
      consumer === pacticipant &&
      !ignored.includes(provider) &&
      !rows.some((row) => row.consumer === consumer && row.provider === provider),
  )
}
