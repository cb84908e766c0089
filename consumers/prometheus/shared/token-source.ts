import { issueToken, readTokenKeys, tokenLifetimeSeconds, type Caller } from '#contracts/prometheus/auth/tokens.ts'

export type TokenSourceOptions = Readonly<{
  /** What `JWT_KEYS` says: the first key signs. */
  keys: string
  caller: Caller
  /** The name of the contract that is called. */
  audience: string
  /** Milliseconds since 1970; the clock by default. */
  now?: () => number
}>

/** How much of a token's lifetime is left for its way: it is not sent in its last fifth. */
const usableShare = 0.8

/**
 * Gives tokens for one caller at one component, each until shortly before it is over.
 * @throws TypeError where the keys cannot be read.
 */
export function tokenSource({ keys, caller, audience, now = Date.now }: TokenSourceOptions): () => Promise<string> {
  const tokenKeys = readTokenKeys(keys)
  let last: Readonly<{ token: Promise<string>; usableUntil: number }> | undefined
  return () => {
    if (!last || now() >= last.usableUntil) {
      const token = issueToken(tokenKeys, { caller, audience, nowSeconds: now() / 1000 })
      last = { token, usableUntil: now() + tokenLifetimeSeconds * 1000 * usableShare }
    }
    return last.token
  }
}
