import { accessSync, constants, statSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/** The first of these folders in which all the programs can be executed, with the programs' paths. */
export function findPrograms<Name extends string>(
  names: readonly Name[],
  folders: readonly string[],
): Record<Name, string> | undefined {
  const folder = folders.find((candidate) => names.every((name) => isExecutable(join(candidate, name))))
  if (folder === undefined) return undefined
  return Object.fromEntries(names.map((name) => [name, join(folder, name)])) as Record<Name, string>
}

/** The folders that PATH names. */
export function pathFolders(env: NodeJS.ProcessEnv): string[] {
  return (env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '')
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return statSync(file).isFile()
  } catch {
    return false
  }
}
