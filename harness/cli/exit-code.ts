import type { Finding, FindingCode } from '#harness/contract/finding.ts'
import { EnvironmentError } from '#harness/stack/environment-error.ts'
import { UsageError } from '#harness/project/usage-error.ts'

/** What a command ends with, listed in docs/errors.md. */
export const exitCodes = {
  ok: 0,
  broken: 1,
  usage: 2,
  nothingVerified: 3,
  unreachable: 11,
  environment: 14,
  interrupted: 130,
} as const

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]

/** The findings that say that nothing was compared, where others say that something differs. */
const nothingVerified: ReadonlySet<FindingCode> = new Set(['pact-missing', 'nothing-to-replay', 'deploy-unproven'])

/**
 * What a command ends with by its findings: what is broken counts before what could not be reached, and that before what
 * was not there. Warnings do not count.
 */
export function exitCodeOfFindings(findings: readonly Finding[]): ExitCode {
  const errors = findings.filter(({ severity }) => severity === 'error')
  if (errors.some(({ code }) => code !== 'target-unreachable' && !nothingVerified.has(code))) return exitCodes.broken
  if (errors.some(({ code }) => code === 'target-unreachable')) return exitCodes.unreachable
  return errors.length > 0 ? exitCodes.nothingVerified : exitCodes.ok
}

/** What a command ends with by what it threw. What nobody foresaw counts as broken. */
export function exitCodeOfError(error: unknown): ExitCode {
  if (error instanceof UsageError) return exitCodes.usage
  if (error instanceof EnvironmentError) return exitCodes.environment
  if (error instanceof CannotReach) return exitCodes.unreachable
  if (error instanceof Interrupted) return exitCodes.interrupted
  return exitCodes.broken
}

/** Somebody pressed Ctrl-C, or asked the command to end, before it was through. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted'
}

/** Something that somebody else runs takes no connection. */
export class CannotReach extends Error {
  override readonly name = 'CannotReach'
}
