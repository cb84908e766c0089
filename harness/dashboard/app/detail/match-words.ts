import type { ExchangeSummary, Match } from '#harness/control/types.ts'

/** What a match is called in a list. */
export function matchWord({ kind }: Match): string {
  switch (kind) {
    case 'recorded':
      return 'in a pact'
    case 'unrecorded':
      return 'in no pact'
    case 'undeclared':
      return 'undeclared'
    default:
      return kind satisfies never
  }
}

/** A match explained: what it is, what is nearest, and where that differs. */
export type MatchWords = Readonly<{ title: string; nearest: string | undefined; differences: readonly string[] }>

/** Explains what an exchange is, seen from contract and pacts. */
export function matchWords({
  match,
  operation,
  provider,
}: Pick<ExchangeSummary, 'match' | 'operation' | 'provider'>): MatchWords {
  switch (match.kind) {
    case 'recorded':
      return { title: `In the pact of ${match.consumer}: “${match.interaction}”.`, nearest: undefined, differences: [] }
    case 'unrecorded':
      return {
        title: `In the contract of ${provider}, and in no pact.`,
        nearest:
          match.nearest && `Nearest is “${match.nearest.interaction}” of ${match.nearest.consumer}; it differs in:`,
        differences: match.nearest?.differences ?? [],
      }
    case 'undeclared':
      return {
        title:
          operation === undefined
            ? `No operation of ${provider} matches.`
            : `The contract of ${provider} has no such reply of ${operation}.`,
        nearest: match.nearest && `Nearest is ${match.nearest.operation} (${match.nearest.signature}); it differs in:`,
        differences: match.nearest?.differences ?? [],
      }
    default:
      return match satisfies never
  }
}
