import { pino, stdTimeFunctions, type DestinationStream, type Logger } from 'pino'
import { currentRequestId } from './request-context.ts'

const components = ['backend', 'database', 'cache', 'storage', 'model'] as const

/** Which hop of a request a line is about. */
type LogComponent = (typeof components)[number]

/** One logger per hop. */
export type Logs = Readonly<Record<LogComponent, Logger>>

export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'silent'

/**
 * Makes the loggers: one JSON object per line, with `component` and, where a request is served, `request_id`.
 * Lines go to standard output unless told otherwise. Only named fields are logged, never headers or bodies, so that no
 * token, password or cookie gets here.
 */
export function makeLogs(level: LogLevel, destination?: DestinationStream): Logs {
  const options = {
    level,
    base: null,
    messageKey: 'message',
    timestamp: stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    mixin: requestFields,
  }
  const root = destination ? pino(options, destination) : pino(options)
  return Object.fromEntries(components.map((component) => [component, root.child({ component })])) as Logs
}

function requestFields(): object {
  const requestId = currentRequestId()
  return requestId === undefined ? {} : { request_id: requestId }
}

/** What a log line says of an error: never its other fields, which may hold values of the request. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  // Connecting to several addresses fails with an AggregateError, whose own message is empty.
  if (error instanceof AggregateError) return error.errors.map(reasonOf).join('; ')
  return error.message
}
