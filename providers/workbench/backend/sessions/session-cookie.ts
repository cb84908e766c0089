import { sessionLifetimeSeconds } from './sessions.ts'

/** Makes the Set-Cookie values of a session (RFC 6265 §4.1); scripts of a page cannot read the cookie, other sites not send it. */
export function sessionCookie(secure: boolean): Readonly<{ set: (token: string) => string; clear: () => string }> {
  function cookie(value: string, maxAge: number): string {
    return `token=${value}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${maxAge}${secure ? '; Secure' : ''}`
  }
  return { set: (token) => cookie(token, sessionLifetimeSeconds), clear: () => cookie('', 0) }
}
