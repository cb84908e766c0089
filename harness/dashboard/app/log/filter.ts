import type { ExchangeSummary, Match } from '#harness/control/types.ts'
import { edgeName } from './edge-name.ts'
import { answerWord } from './outcome.ts'

/** What of an answer can be asked for: its hundred, or that there is none. */
export type StatusClass = '2xx' | '3xx' | '4xx' | '5xx' | 'none'

/** Which exchanges are shown; what is absent lets all through. */
export type Filter = Readonly<{
  /** Words that all have to be found in edge, operation, method, path, answer or faults; `-word` must not be. */
  text: string
  edge?: string | undefined
  operation?: string | undefined
  status?: StatusClass | undefined
  match?: Match['kind'] | undefined
}>

export const noFilter: Filter = { text: '' }

export function isFiltering({ text, ...chosen }: Filter): boolean {
  return text.trim() !== '' || Object.values(chosen).some((value) => value !== undefined)
}

/** Whether an exchange is shown. */
export function passes(filter: Filter): (exchange: ExchangeSummary) => boolean {
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean)
  return (exchange) =>
    (filter.edge === undefined || edgeName(exchange) === filter.edge) &&
    (filter.operation === undefined || exchange.operation === filter.operation) &&
    (filter.status === undefined || statusClass(exchange) === filter.status) &&
    (filter.match === undefined || exchange.match.kind === filter.match) &&
    hasAll(exchange, words)
}

/** A channel's 101 counts as success. */
export function statusClass({ status }: Pick<ExchangeSummary, 'status'>): StatusClass {
  if (status === undefined) return 'none'
  if (status < 300) return '2xx'
  if (status < 400) return '3xx'
  return status < 500 ? '4xx' : '5xx'
}

function hasAll(exchange: ExchangeSummary, words: readonly string[]): boolean {
  if (words.length === 0) return true
  const { operation = '', method, path, faults, match } = exchange
  const texts = [edgeName(exchange), operation, method, path, answerWord(exchange), match.kind, ...faults]
  const text = texts.join(' ').toLowerCase()
  return words.every((word) =>
    word.length > 1 && word.startsWith('-') ? !text.includes(word.slice(1)) : text.includes(word),
  )
}
