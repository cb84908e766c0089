import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runProcess } from '#harness/stack/run-process.ts'
import { addressVariables, type App } from '../app.ts'
import { concordatCommand } from './concordat-command.ts'
import { serveFolder } from '../serve-folder.ts'

/** The pages of an app as they are deployed, on a port. */
export type BuiltPages = AsyncDisposable & Readonly<{ port: number }>

/**
 * Builds the pages of an app into a folder of their own, which goes with them, and serves them. They take the components
 * that they call to be at their well-known ports; `mocks` puts stand-ins into the pages themselves.
 * @throws EnvironmentError where they cannot be built, with what the build said.
 */
export async function buildPages(app: App, mocks: 'with mocks' | 'without mocks'): Promise<BuiltPages> {
  await using resources = new AsyncDisposableStack()
  const folder = await mkdtemp(join(tmpdir(), 'concordat-pages-'))
  resources.defer(() => rm(folder, { recursive: true, force: true }))
  const flags = mocks === 'with mocks' ? ['--mocks'] : []
  await runProcess({
    name: `the pages of ${app.system.name}/${app.component}`,
    ...concordatCommand(['build', app.system.name, '--out', folder, ...flags]),
    // A process of its own: a builder that brings native code does not run where tests do.
    env: addressVariables(app, (provider) => wellKnown(app, provider)),
  })
  const { port } = resources.use(await serveFolder(folder))
  const owned = resources.move()
  return { port, [Symbol.asyncDispose]: () => owned.disposeAsync() }
}

/** Where people find a component on a developer's machine. */
export function wellKnown({ system }: App, component: string): string {
  return `http://localhost:${system.components[component]?.port}`
}
