import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { addressVariables } from '#harness/browser/app.ts'
import { pageComponents, type System } from '#harness/contract/system.ts'
import { paths } from '#harness/project/paths.ts'
import { EnvironmentError } from '#harness/stack/environment-error.ts'

/**
 * Builds the pages that entries of a system serve, to call at their own origin: there the entry passes their calls on.
 * Gives the folder of each component that has pages.
 * @throws EnvironmentError where they cannot be built.
 */
export async function builtPages(system: System): Promise<Readonly<Record<string, string>>> {
  const folders: Record<string, string> = {}
  for (const component of pageComponents(system)) {
    const app = { system, component, folder: join(paths.consumer(system.name, component), 'app') }
    if (!existsSync(join(app.folder, 'index.html'))) continue
    const folder = join(paths.scratch(), 'app', system.name, component)
    // Loaded where it is needed: a builder takes long to load.
    const { buildApp } = await import('#harness/browser/vite/build-app.ts')
    await buildApp(app, { folder, variables: addressVariables(app, () => '') }).catch((error: unknown) => {
      throw new EnvironmentError(`Cannot build the pages of ${system.name}/${component}: ${String(error)}`, {
        cause: error,
      })
    })
    folders[component] = folder
  }
  return folders
}
