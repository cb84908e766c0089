/** Counts attempts to sign in, by e-mail address. */
export type SignInLimit = Readonly<{
  /** Counts an attempt. Gives the seconds to wait where it is one too many. */
  attempt: (email: string) => number | undefined
  /** Starts to count anew, after a success. */
  forget: (email: string) => void
  /** Uses up all attempts. */
  exhaust: (email: string) => void
}>

const attempts = 5
const windowMs = 60_000

/** Makes the limit: five attempts within a minute of the first one. */
export function makeSignInLimit(now: () => number = Date.now): SignInLimit {
  const windows = new Map<string, Readonly<{ count: number; until: number }>>()
  return {
    attempt(email) {
      const key = email.toLowerCase()
      const known = windows.get(key)
      const window = known && known.until > now() ? known : { count: 0, until: now() + windowMs }
      windows.set(key, { ...window, count: window.count + 1 })
      return window.count < attempts ? undefined : Math.max(1, Math.ceil((window.until - now()) / 1000))
    },
    forget: (email) => void windows.delete(email.toLowerCase()),
    exhaust: (email) => void windows.set(email.toLowerCase(), { count: attempts, until: now() + windowMs }),
  }
}
