import { existsSync } from 'node:fs'
import { dirname } from 'node:path'
import { paths } from '#harness/project/paths.ts'

/** Where the code of a system lies that runs in a stack of mocks. */
export function sourceFolders(system: string): readonly string[] {
  return present([dirname(paths.system(system)), dirname(paths.mock(system, 'any'))])
}

/** Where a change of a file may matter to a stack that runs. */
export function watchedFolders(system: string): readonly string[] {
  return [...sourceFolders(system), ...present([paths.pacts(system)])]
}

function present(folders: readonly string[]): readonly string[] {
  return folders.filter((folder) => existsSync(folder))
}
