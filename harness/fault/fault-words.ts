import type { Fault } from './fault.ts'

/** What a fault is called where it is told what it did: `429`, `connection reset`. */
export function faultName(fault: Fault): string {
  switch (fault.kind) {
    case 'latency':
      return `${fault.ms} ms of latency`
    case 'status':
      return String(fault.status)
    case 'reset':
      return 'connection reset'
    case 'cut':
      return `connection cut after ${counted(fault.afterEvents, 'event')}`
    case 'slowTokens':
      return `${fault.eventsPerSecond} events per second`
    case 'malformed':
      return 'malformed answer'
    case 'contentType':
      return `answer as ${fault.value}`
    case 'hang':
      return 'no answer'
    case 'duplicateMessage':
      return 'duplicate message'
    case 'dropMessage':
      return 'lost message'
    default:
      return fault satisfies never
  }
}

/** A fault with all that tells it from others: `connection reset, twice`; `429, retry after 30 s`. */
export function faultWords(fault: Fault): string {
  return [faultName(fault), ...details(fault)].join(', ')
}

function details(fault: Fault): readonly string[] {
  switch (fault.kind) {
    case 'latency':
      return fault.spreadMs > 0 ? [`up to ${fault.spreadMs} ms more`] : []
    case 'slowTokens':
      return [
        ...(fault.firstEventMs > 0 ? [`the first after ${fault.firstEventMs} ms`] : []),
        ...(fault.jitter > 0 ? [`jitter ${fault.jitter}`] : []),
      ]
    case 'duplicateMessage':
    case 'dropMessage':
      return fault.every > 1 ? [`each ${ordinal(fault.every)}`] : []
    case 'status':
      return [
        ...(fault.retryAfterSeconds === undefined ? [] : [`retry after ${fault.retryAfterSeconds} s`]),
        ...often(fault),
      ]
    default:
      return often(fault)
  }
}

function often({ times }: Readonly<{ times?: number | undefined }>): readonly string[] {
  if (times === undefined) return []
  return [times === 1 ? 'once' : times === 2 ? 'twice' : `${times} times`]
}

const endings: Readonly<Record<string, string>> = { one: 'st', two: 'nd', few: 'rd', other: 'th' }

function ordinal(number: number): string {
  return `${number}${endings[new Intl.PluralRules('en-GB', { type: 'ordinal' }).select(number)] ?? 'th'}`
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`
}
