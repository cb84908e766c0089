import { readEnvironment } from '#harness/contract/environment.ts'
import { backendEnvironment } from '#contracts/workbench/system.ts'

/** The environment of the backend, checked. */
export type Settings = ReturnType<typeof readSettings>

/**
 * Reads the environment.
 * @throws InvalidEnvironment naming every variable that is missing or malformed.
 */
export function readSettings(variables: Readonly<Record<string, string | undefined>>) {
  return readEnvironment('workbench/backend', backendEnvironment, variables)
}
