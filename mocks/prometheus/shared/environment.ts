import { readTokenKeys, type TokenKey } from '#contracts/prometheus/auth/tokens.ts'
import { developmentKeys } from '#contracts/prometheus/development.ts'

/** A component's variables, as it is started with. */
export type Environment = Readonly<Record<string, string>>

/** The keys of tokens: from `JWT_KEYS`, else those of development. */
export function tokenKeysOf(environment: Environment): readonly TokenKey[] {
  return readTokenKeys(textOf(environment, 'JWT_KEYS') ?? developmentKeys.tokenKeys)
}

/** A variable's text; undefined where it is missing or empty. */
export function textOf(environment: Environment, name: string): string | undefined {
  return environment[name] || undefined
}

/**
 * A variable's number.
 * @throws TypeError where it is given and not above zero.
 */
export function positiveOf(environment: Environment, name: string, fallback: number): number {
  const text = textOf(environment, name)
  const value = text === undefined ? fallback : Number(text)
  if (value > 0 && Number.isFinite(value)) return value
  throw new TypeError(`${name} is no number above zero. Give it one, or leave it out for ${fallback}.`)
}
