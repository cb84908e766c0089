import { pino, stdTimeFunctions, type DestinationStream, type Logger } from 'pino'
import { currentRequestId } from './request-context.ts'

/** One logger per hop of a request: the service itself, each of its stores. */
export type Loggers<Name extends string> = Readonly<Record<Name, Logger>>

export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'silent'

export type LogOptions = Readonly<{ level: LogLevel; destination?: DestinationStream | undefined }>

/**
 * Makes the loggers: one JSON object per line, with `component` and, where a request is served, `request_id`.
 * Lines go to standard output unless told otherwise. Only named fields are logged, never headers or bodies, so that no
 * token, password or cookie gets here.
 */
export function makeLoggers<const Name extends string>(
  names: readonly Name[],
  { level, destination }: LogOptions,
): Loggers<Name> {
  const options = {
    level,
    base: null,
    messageKey: 'message',
    timestamp: stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    mixin: requestFields,
  }
  const root = destination ? pino(options, destination) : pino(options)
  return Object.fromEntries(names.map((component) => [component, root.child({ component })])) as Loggers<Name>
}

function requestFields(): object {
  const requestId = currentRequestId()
  return requestId === undefined ? {} : { request_id: requestId }
}
