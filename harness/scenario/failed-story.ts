import { servedComponents, type System } from '#harness/contract/system.ts'
import type { Stack } from './stack.ts'

/** How many of its last lines each component gives. */
const lines = 12

/** What the live components of a stack said last, for the message of a story that failed; empty where none runs. */
export function lastWords(system: System, stack: Stack): string {
  return servedComponents(system)
    .flatMap((name) => {
      const log = stack.log(name, lines)
      return log.length === 0 ? [] : [`${name} said last:`, ...log.map((line) => `  | ${line}`)]
    })
    .join('\n')
}

/** Puts evidence below the message of an error, above its stack, where Jest shows it. Gives the same error. */
export function withEvidence(error: unknown, evidence: string): unknown {
  if (typeof error !== 'object' || error === null || !('stack' in error) || evidence === '') return error
  const stack = String(error.stack)
  const frames = stack.search(/\n\s+at /)
  const message = frames === -1 ? stack : stack.slice(0, frames)
  error.stack = `${message}\n\n${evidence}\n${frames === -1 ? '' : stack.slice(frames)}`
  return error
}
