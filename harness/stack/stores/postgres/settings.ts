/**
 * How a PostgreSQL server for tests runs: its data need not survive a crash, text sorts by code point in every mode, so
 * that an ORDER BY does not depend on where the server came from.
 */
const SETTINGS = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_connections: '200',
  timezone: 'UTC',
} as const

export const DATABASE_USER = 'concordat'

/** Arguments for `postgres`: the common settings, and more where a mode needs it. */
export function serverArgs(more: Readonly<Record<string, string>> = {}): string[] {
  return Object.entries({ ...SETTINGS, ...more }).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}
