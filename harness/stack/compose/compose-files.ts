import { pageComponents, type System } from '#harness/contract/system.ts'
import { composeFile, composeYaml } from './compose-file.ts'
import { entryConfig, pagesConfig } from './entry-config.ts'
import { mockComposeFile } from './mock-compose-file.ts'

/** The file of a component's folder that nginx reads. */
export const configFile = 'default.conf'

/**
 * All files of a system's Compose folder: the Compose file of its live services, that of its mocks, and a folder of
 * configuration for each component that nginx runs.
 */
export function composeFiles(system: System): readonly Readonly<{ path: string; text: string }>[] {
  const configs = Object.entries(nginxConfigs(system))
  return [
    { path: 'compose.yaml', text: composeYaml(composeFile(system)) },
    { path: 'mocks.yaml', text: composeYaml(mockComposeFile(system)) },
    ...configs.map(([name, text]) => ({ path: `${name}/${configFile}`, text })),
  ]
}

/** The nginx configuration of each component that nginx runs: pages, and entries. */
export function nginxConfigs(system: System): Readonly<Record<string, string>> {
  const entries = Object.keys(system.components).filter((name) => system.components[name]?.entry)
  return Object.fromEntries([
    ...pageComponents(system).map((name) => [name, pagesConfig(system.components[name]?.port ?? 0)] as const),
    ...entries.map((name) => [name, entryConfig(system, name)] as const),
  ])
}
