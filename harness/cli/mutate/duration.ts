import { UsageError } from '#harness/project/usage-error.ts'

const units: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000 }

/**
 * Milliseconds out of `500ms`, `60s`, `2m`; a number alone is seconds.
 * @throws UsageError where it is none of these.
 */
export function durationOf(flag: string, text: string): number {
  const [, number, unit = 's'] = /^(\d+(?:\.\d+)?)(ms|s|m)?$/.exec(text) ?? []
  const value = Number(number) * (units[unit] ?? 1)
  if (Number.isFinite(value) && value > 0) return value
  throw new UsageError(`${flag} is "${text}", which is no time. Write one, as in 60s or 2m.`)
}
