import type { z } from 'zod'
import type { LogEntry as LogEntryShape, LogLevel } from '#contracts/prometheus/shapes.ts'
import { shortened } from '../shared/shortened.ts'

export type LogEntry = z.output<typeof LogEntryShape>
type Line = Readonly<{ level: z.output<typeof LogLevel>; message: string }>

/** Lines of tasks, oldest first. */
export type Logs = Readonly<{
  add: (taskId: string, line: Line) => void
  replaceAllOf: (taskId: string, lines: readonly Line[]) => void
  of: (taskId: string) => readonly LogEntry[]
}>

const longestMessage = 2000

export function makeLogs(now: () => number): Logs {
  const all = new Map<string, LogEntry[]>()
  function add(taskId: string, { level, message }: Line): void {
    const entries = all.get(taskId) ?? []
    all.set(taskId, entries)
    const timestamp = new Date(now()).toISOString()
    entries.push({ task_id: taskId, level, message: shortened(message, longestMessage), timestamp })
  }
  return {
    add,
    replaceAllOf(taskId, lines) {
      all.delete(taskId)
      for (const line of lines) add(taskId, line)
    },
    of: (taskId) => all.get(taskId) ?? [],
  }
}
