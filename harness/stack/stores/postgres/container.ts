import { randomBytes } from 'node:crypto'
import { containerRung } from '../container-rung.ts'
import { identifyPostgres } from './identify.ts'
import { DATABASE_USER, serverArgs } from './settings.ts'

const DATA = '/concordat' // in memory; not the image's own place for data, which differs between versions
const READY = 'database system is ready to accept connections'

/** PostgreSQL in a container, its data in memory. CONCORDAT_POSTGRES_IMAGE names another image. */
export const postgresContainer = containerRung({
  kind: 'postgres',
  image: { variable: 'CONCORDAT_POSTGRES_IMAGE', otherwise: 'postgres:17-alpine' },
  identify: identifyPostgres,
  async run(image, name) {
    const { PostgreSqlContainer } = await import('@testcontainers/postgresql') // slow to load, so only when it is used
    const { Wait } = await import('testcontainers')
    const started = await new PostgreSqlContainer(image)
      .withName(name)
      .withUsername(DATABASE_USER)
      .withPassword(randomBytes(16).toString('hex'))
      .withDatabase('postgres')
      .withEnvironment({ PGDATA: `${DATA}/data`, POSTGRES_INITDB_ARGS: '--no-sync --lc-collate=C' })
      .withTmpFs({ [DATA]: 'rw' })
      .withCommand(['postgres', ...serverArgs()])
      .withWaitStrategy(Wait.forLogMessage(READY, 2)) // the first is the server that only sets the database up
      .start()
    return started.getConnectionUri()
  },
})
