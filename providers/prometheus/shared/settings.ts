import { readTokenKeys, type TokenKey } from '#contracts/prometheus/auth/tokens.ts'
import { publicKeyOf } from '#contracts/prometheus/auth/request-signature.ts'
import { CannotStart } from '#harness/live-kit/cannot-start.ts'
import { reasonOf } from '#harness/live-kit/reason-of.ts'
import type { LogLevel } from '#harness/live-kit/log.ts'

/** What every node is told by its environment. */
export type NodeSettings = Readonly<{
  address: string
  /** Where the tasks are kept. */
  directory: string
  logLevel: LogLevel
  keys: string
  privateKey: string
  coordinatorUrl: string
  containerUrl: string
  pollSeconds: number
  githubUsername: string
}>

/**
 * The keys of tokens.
 * @throws CannotStart where they cannot be used.
 */
export function tokenKeysOf({ keys }: NodeSettings): readonly TokenKey[] {
  return checked('JWT_KEYS', () => readTokenKeys(keys))
}

/**
 * Makes sure that requests can be signed.
 * @throws CannotStart where the key is none.
 */
export function checkPrivateKey({ privateKey }: NodeSettings, variable: string): void {
  checked(variable, () => publicKeyOf(privateKey))
}

function checked<T>(variable: string, read: () => T): T {
  try {
    return read()
  } catch (error) {
    throw new CannotStart(`${variable} cannot be used: ${reasonOf(error)} Set another.`, { cause: error })
  }
}
