import type { Publication } from '../store/publications.ts'

/** Why a pact was selected: which selector found it, on which consumer version. */
export type Reason = Readonly<{
  consumerVersion: string
  /** Whether the selector was for one consumer. */
  ofConsumer: boolean
  place:
    | Readonly<{ kind: 'branch'; branch: string; main?: boolean; insteadOf?: string | undefined }>
    | Readonly<{ kind: 'tag'; tag: string; latest: boolean; insteadOf?: string | undefined }>
    | Readonly<{ kind: 'latest' }>
    | Readonly<{ kind: 'deployed' | 'released'; environment: string }>
}>

/** A pact to verify: one content, with all reasons why it was selected. */
export type SelectedPact = Readonly<{ publication: Publication; reasons: readonly Reason[] }>

/** Puts what has the same content into one, as its latest version, with the reasons of all. */
export function mergeSelected(selected: readonly SelectedPact[]): readonly SelectedPact[] {
  const byContent = Map.groupBy(selected, ({ publication }) => publication.contentId)
  return [...byContent.values()]
    .map((same) => ({
      publication: same.reduce((last, one) => (isLater(one, last) ? one : last)).publication,
      reasons: distinct(same.flatMap(({ reasons }) => reasons)),
    }))
    .toSorted(
      (a, b) =>
        a.publication.consumer.localeCompare(b.publication.consumer) ||
        a.publication.consumerVersionId - b.publication.consumerVersionId,
    )
}

function isLater(one: SelectedPact, other: SelectedPact): boolean {
  return one.publication.consumerVersionId > other.publication.consumerVersionId
}

function distinct(reasons: readonly Reason[]): readonly Reason[] {
  return [...new Map(reasons.map((reason) => [JSON.stringify(reason), reason])).values()]
}
