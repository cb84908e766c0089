import { environmentRung } from '../environment-rung.ts'
import type { StoreRecipe } from '../rung.ts'
import { postgresBinary } from './binary.ts'
import { postgresContainer } from './container.ts'
import { postgresEmbedded } from './embedded.ts'
import { identifyPostgres } from './identify.ts'

/** PostgreSQL: the server the environment names, a container, the installed one, the one from npm. */
export const postgres: StoreRecipe = {
  kind: 'postgres',
  title: 'PostgreSQL',
  rungs: [
    environmentRung({ kind: 'postgres', variable: 'CONCORDAT_POSTGRES_URL', identify: identifyPostgres }),
    postgresContainer,
    postgresBinary,
    postgresEmbedded,
  ],
}
