import type { MutationResult } from '#harness/project/results.ts'
import { tableLines } from './table.ts'

/** The score of each edge, one per line: caught of applied, false alarms of harmless, tried of all there are. */
export function mutationTable(results: readonly MutationResult[]): readonly string[] {
  return tableLines(
    results.map((result) => [
      `${result.system}: ${result.edge} on ${result.target}`,
      mutationWords(result),
      `${result.tried} of ${result.of} tried`,
      `${(result.milliseconds / 1000).toFixed(1)} s`,
    ]),
  )
}

/** `900/901 caught, 0/179 false alarms` */
export function mutationWords({
  applied,
  caught,
  harmless,
  falseAlarms,
}: Pick<MutationResult, 'applied' | 'caught' | 'harmless' | 'falseAlarms'>): string {
  return `${caught}/${applied} caught, ${falseAlarms}/${harmless} false alarms`
}

/**
 * What says nothing about a score: drifts that no replay of a pact could show, with why, and mutants that found nothing to
 * change. By reason; where all is to be said, one by one.
 */
export function unprovenLines(result: MutationResult, { verbose = false } = {}): readonly string[] {
  const reasons = Map.groupBy(result.unobservable, ({ why, advice }) => `${why}. ${advice}`)
  return [
    ...[...reasons].flatMap(([reason, some]) => {
      const places = some.map(({ operation, place, change }) => `${operation} ${place} ${change}`)
      return [
        `${result.edge}: ${counted(some.length, 'drift')} cannot be observed: ${reason}`,
        ...(verbose ? places : places.slice(0, fewest)).map((place) => `    ${place}`),
        ...(!verbose && places.length > fewest ? [`    and ${places.length - fewest} more: see --verbose`] : []),
      ]
    }),
    ...unchangedLines(result, verbose),
  ]
}

const fewest = 3

function unchangedLines({ edge, target, unchanged }: MutationResult, verbose: boolean): readonly string[] {
  if (unchanged.length === 0) return []
  const what = `${edge}: ${counted(unchanged.length, 'mutant')} found nothing to change: the replies of ${target} have no such thing`
  return verbose ? [`${what}:`, ...unchanged.map((title) => `    ${title}`)] : [`${what}.`]
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`
}
