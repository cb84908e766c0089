import type { DestinationStream } from 'pino'
import { makeLoggers, type Loggers, type LogLevel } from '#harness/live-kit/log.ts'

const components = ['coordinator', 'database'] as const

/** One logger per hop of a request. */
export type Logs = Loggers<(typeof components)[number]>

/** Makes the loggers; lines go to standard output unless told otherwise. */
export function makeLogs(level: LogLevel, destination?: DestinationStream): Logs {
  return makeLoggers(components, { level, destination })
}
