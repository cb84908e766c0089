import { readFileSync } from 'node:fs'

/** As whom a PostgreSQL server can run. It refuses to run as root; then a system user takes over. */
export type ServerUser =
  | { kind: 'self' }
  | { kind: 'other'; name: string; uid: number; gid: number }
  | { kind: 'none'; reason: string }

const CANDIDATES = ['postgres', 'nobody']

/** Chooses the user. `accounts` is the text of /etc/passwd. */
export function serverUser(
  uid = process.getuid?.(),
  accounts = (): string => readFileSync('/etc/passwd', 'utf8'),
): ServerUser {
  if (uid !== 0) return { kind: 'self' }
  const lines = accounts().split('\n')
  for (const name of CANDIDATES) {
    const [, , userId, groupId] = lines.find((line) => line.startsWith(`${name}:`))?.split(':') ?? []
    if (userId && groupId) return { kind: 'other', name, uid: Number(userId), gid: Number(groupId) }
  }
  return { kind: 'none', reason: 'PostgreSQL does not run as root, and there is neither a user postgres nor nobody' }
}
