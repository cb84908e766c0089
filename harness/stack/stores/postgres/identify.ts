import pg from 'pg'

const CONNECT_TIMEOUT_MS = 5_000

/** Connects and asks for the version: `PostgreSQL 17.11`. @throws Error when that does not work within 5 s */
export async function identifyPostgres(url: string): Promise<string> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: CONNECT_TIMEOUT_MS })
  client.on('error', () => {}) // a connection lost later is nobody's concern here
  try {
    await client.connect()
    const { rows } = await client.query<{ server_version: string }>('SHOW server_version')
    return `PostgreSQL ${rows[0]?.server_version.split(' ')[0]}`
  } finally {
    await client.end().catch(() => {})
  }
}
