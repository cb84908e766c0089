import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { pathToFileURL } from 'node:url'
import type { System } from '#harness/contract/system.ts'
import { UsageError } from './usage-error.ts'
import { paths } from './paths.ts'

/** The names of the project's systems: the folders of `contracts/` that have a `system.ts`. */
export async function systemNames(): Promise<readonly string[]> {
  const folders = await readdir(paths.systems(), { withFileTypes: true })
  return folders
    .filter((folder) => folder.isDirectory() && existsSync(paths.system(folder.name)))
    .map((folder) => folder.name)
    .toSorted()
}

/**
 * Loads the declaration of a system.
 * @throws UsageError where there is no such system.
 */
export async function loadSystem(name: string): Promise<System> {
  const names = await systemNames()
  if (!names.includes(name))
    throw new UsageError(`there is no system "${name}": contracts/ has ${names.join(', ')}. Name one of them.`)
  const { system } = (await import(pathToFileURL(paths.system(name)).href)) as { system: System }
  return system
}

/** Loads all systems, or the one named. */
export async function loadSystems(only?: string): Promise<readonly System[]> {
  return Promise.all((only === undefined ? await systemNames() : [only]).map(loadSystem))
}

/** How a component is named outside its system, as in a pact: `workbench-backend`. */
export function participantName(system: string, component: string): string {
  return `${system}-${component}`
}
