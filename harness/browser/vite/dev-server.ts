import { createServer, mergeConfig } from 'vite'
import { EnvironmentError } from '#harness/stack/environment-error.ts'
import type { App } from '../app.ts'
import { appConfig } from './config.ts'
import type { HostedMock } from './hosted-mock.ts'
import { withMocks } from './mocks-plugin.ts'
import { oneHostName } from './one-host-name.ts'

/** Pages that are served while somebody works on them. */
export type DevServer = AsyncDisposable & Readonly<{ url: string }>

export type DevServerOptions = Readonly<{
  /** The port on loopback to listen on. */
  port: number
  /** What the pages see as `import.meta.env.NAME`. */
  variables: Readonly<Record<string, string>>
  /** Mocks that run in the browser, in place of a network. Default none. */
  mocks?: readonly HostedMock[]
  /** Whether a file that changes reloads the pages. Default true. */
  watch?: boolean
}>

/**
 * Serves the pages of an app.
 * @throws EnvironmentError where the port cannot be had.
 */
export async function startDevServer(
  app: App,
  { port, variables, mocks = [], watch = true }: DevServerOptions,
): Promise<DevServer> {
  const server = await createServer(
    mergeConfig(mergeConfig(appConfig(app, variables), mocks.length > 0 ? withMocks(mocks) : {}), {
      server: { host: '127.0.0.1', port, strictPort: true, ...(!watch && { watch: null, hmr: false }) },
      plugins: [oneHostName()],
    }),
  )
  try {
    await server.listen()
  } catch (error) {
    await server.close()
    throw new EnvironmentError(
      `Cannot serve the pages of ${app.system.name}/${app.component} on port ${port}: ${(error as Error).message}. Take free ports with --ports free.`,
    )
  }
  return { url: `http://localhost:${port}`, [Symbol.asyncDispose]: () => server.close() }
}
