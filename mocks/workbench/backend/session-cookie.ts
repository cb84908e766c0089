import { sessionLifetimeSeconds } from './sessions.ts'

/** The Set-Cookie value of a session (RFC 6265 §4.1); scripts of a page cannot read it, other sites not send it. */
export function sessionCookie(token: string): string {
  return cookie(token, sessionLifetimeSeconds)
}

/** The Set-Cookie value that takes the session's cookie away. */
export function noSessionCookie(): string {
  return cookie('', 0)
}

function cookie(value: string, maxAge: number): string {
  return `token=${value}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${maxAge}`
}
