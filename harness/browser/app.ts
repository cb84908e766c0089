import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { edgesFrom, type System } from '#harness/contract/system.ts'
import { paths } from '#harness/project/paths.ts'
import { UsageError } from '#harness/project/usage-error.ts'

/** The pages of a component: a folder with an index.html beside the client that they call with. */
export type App = Readonly<{ system: System; component: string; folder: string }>

/**
 * The component of a system that has pages: the one with an `app/index.html` in its folder of `consumers/`.
 * @throws UsageError where none has, or several have.
 */
export function findApp(system: System): App {
  const apps = Object.keys(system.components).flatMap((component) => {
    const folder = join(paths.consumer(system.name, component), 'app')
    return existsSync(join(folder, 'index.html')) ? [{ system, component, folder }] : []
  })
  const [app, ...others] = apps
  if (!app)
    throw new UsageError(
      `${system.name} has no pages: write them in consumers/${system.name}/<component>/app/index.html.`,
    )
  if (others.length > 0)
    throw new UsageError(
      `${system.name} has pages in ${apps.map(({ component }) => component).join(' and ')}: keep one.`,
    )
  return app
}

/** The variables of an app that say where those are that it calls: by its edges. */
export function addressVariables(
  { system, component }: App,
  urlOf: (provider: string) => string,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    edgesFrom(system, component).flatMap(({ provider, variable }) =>
      variable === undefined ? [] : [[variable, urlOf(provider)] as const],
    ),
  )
}
