import type { ExchangeSummary, Match } from '#harness/control/types.ts'
import { paint } from '#harness/report/paint.ts'

type Paint = typeof paint

/**
 * One line for an exchange: time, edge, operation, status, milliseconds, and the interaction that it is like, or what is
 * nearest to it.
 * @param unsaid how many more there were like it that nothing was said of
 */
export function requestLine(summary: ExchangeSummary, unsaid = 0, painter: Paint = paint): string {
  const { at, consumer, provider, operation, method, path, milliseconds, match, faults } = summary
  const status = String(summary.status ?? summary.outcome)
  return [
    painter('dim', timeOf(at)),
    `${consumer} -> ${provider}`,
    operation ?? `${method} ${path}`,
    painter(styleOf(summary), status),
    painter('dim', `${milliseconds < 10 ? milliseconds : Math.round(milliseconds)} ms`),
    wordsOf(match, consumer, painter),
    ...(faults.length > 0 ? [painter('yellow', `fault: ${faults.join(', ')}`)] : []),
    ...(unsaid > 0 ? [painter('dim', `and ${unsaid} more like it`)] : []),
  ].join('  ')
}

function timeOf(at: string): string {
  const time = new Date(at)
  return `${time.toTimeString().slice(0, 8)}.${String(time.getMilliseconds()).padStart(3, '0')}`
}

function styleOf({ status, outcome }: ExchangeSummary): 'red' | 'yellow' | 'green' {
  if (status === undefined || status >= 500 || outcome === 'aborted' || outcome === 'reset') return 'red'
  return status >= 400 ? 'yellow' : 'green'
}

function wordsOf(match: Match, consumer: string, painter: Paint): string {
  switch (match.kind) {
    case 'recorded':
      return painter('dim', `in pact: ${namedBy(match, consumer)}`)
    case 'unrecorded': {
      const { nearest } = match
      const near = nearest ? `; nearest is ${namedBy(nearest, consumer)}: ${nearest.differences.join('; ')}` : ''
      return `${painter('yellow', 'in no pact')}${near}`
    }
    case 'undeclared': {
      const { nearest } = match
      const near = nearest
        ? `; nearest is ${nearest.operation} (${nearest.signature}): ${nearest.differences.join('; ')}`
        : ''
      return `${painter('red', 'not in the contract')}${near}`
    }
  }
}

function namedBy(named: Readonly<{ consumer: string; interaction: string }>, consumer: string): string {
  return named.consumer === consumer ? `"${named.interaction}"` : `"${named.interaction}" of ${named.consumer}`
}
