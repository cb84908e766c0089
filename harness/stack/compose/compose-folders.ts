import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pageComponents, type System } from '#harness/contract/system.ts'
import { temporaryDirectory } from '../stores/temporary-directory.ts'
import { configFile, nginxConfigs } from './compose-files.ts'
import { configVariable, directoryVariable, pagesVariable } from './variables.ts'

/** Folders of this machine in a Compose project's containers, by the variables of the Compose file that name them. */
export type Folders = Readonly<Record<string, string>>

/** Folders in the place of the volumes of directories, so that states can be set up in them. A service writes there as a user of its own. */
export async function storeFolders(system: System, resources: AsyncDisposableStack): Promise<Folders> {
  const wanted = Object.entries(system.components).flatMap(([component, { stores = {} }]) =>
    Object.entries(stores).flatMap(([store, { kind }]) => (kind === 'directory' ? [{ component, store }] : [])),
  )
  const opened = wanted.map(async ({ component, store }) => {
    const path = await folder(store, resources)
    await chmod(path, 0o777)
    return [directoryVariable(component, store), path] as const
  })
  return Object.fromEntries(await Promise.all(opened))
}

/** A folder with its generated configuration for each component that nginx runs. */
export async function configFolders(system: System, resources: AsyncDisposableStack): Promise<Folders> {
  const opened = Object.entries(nginxConfigs(system)).map(async ([component, text]) => {
    const path = await folder('configuration', resources)
    await writeFile(join(path, configFile), text)
    return [configVariable(component), path] as const
  })
  return Object.fromEntries(await Promise.all(opened))
}

/** The folders that hold pages. Where none is given, a page that says so. */
export async function pageFolders(
  system: System,
  given: Readonly<Record<string, string>>,
  resources: AsyncDisposableStack,
): Promise<Folders> {
  const opened = pageComponents(system).map(
    async (component) =>
      [
        pagesVariable(component),
        given[component] ?? (await standIn(`${system.name}/${component}`, resources)),
      ] as const,
  )
  return Object.fromEntries(await Promise.all(opened))
}

async function standIn(component: string, resources: AsyncDisposableStack): Promise<string> {
  const pages = join(await folder('pages', resources), 'pages')
  const page = join(pages, 'index.html')
  await mkdir(pages)
  await writeFile(
    page,
    `<!doctype html>\n<title>${component}</title>\n<p>The pages of ${component} are not built.</p>\n`,
  )
  // For whatever user reads them in a container.
  await chmod(pages, 0o755)
  await chmod(page, 0o644)
  return pages
}

async function folder(purpose: string, resources: AsyncDisposableStack): Promise<string> {
  const directory = await temporaryDirectory(purpose)
  resources.defer(() => directory.remove())
  return directory.path
}
