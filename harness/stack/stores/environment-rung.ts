import { EnvironmentError } from '../environment-error.ts'
import { redactUrl } from './redact-url.ts'
import type { Rung } from './rung.ts'
import { runningStore } from './store.ts'
import type { StoreKind } from './store.ts'

type EnvironmentRecipe = {
  kind: StoreKind
  /** The variable that holds the URL. */
  variable: string
  /** Connects and asks the server what it is: `PostgreSQL 17.11`. */
  identify: (url: string) => Promise<string>
}

/** A server that somebody else runs. When its URL is given it must be reachable: nothing else is tried then. */
export function environmentRung({ kind, variable, identify }: EnvironmentRecipe): Rung {
  return {
    mode: 'environment',
    async start(env) {
      const url = env[variable]
      if (url === undefined || url === '') return { kind: 'unset', reason: `${variable} is not set` }
      const title = await identify(url).catch((error: Error) => {
        throw new EnvironmentError(
          `Cannot use ${variable}=${redactUrl(url)}: ${error.message}. Start that server, or unset ${variable}.`,
          { cause: error },
        )
      })
      const description = `${title}, ${variable}`
      return {
        kind: 'started',
        store: runningStore({ kind, mode: 'environment', url, description, stop: async () => {} }),
      }
    },
  }
}
