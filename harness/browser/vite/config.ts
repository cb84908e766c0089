import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { InlineConfig } from 'vite'
import { paths, projectRoot } from '#harness/project/paths.ts'
import type { App } from '../app.ts'

/** The folder that this harness and its dependencies really are in: a project may have them by link. */
const harnessRoot = dirname(fileURLToPath(new URL('../..', import.meta.url)))

/**
 * What serving and building the pages of an app have in common. Vite's own JSX transform does; no configuration file is
 * read. The variables are all that a page sees of an environment, as `import.meta.env.NAME`.
 */
export function appConfig(app: App, variables: Readonly<Record<string, string>>): InlineConfig {
  return {
    configFile: false,
    root: app.folder,
    envDir: false,
    publicDir: 'public',
    cacheDir: join(paths.scratch(), 'vite', app.system.name, app.component),
    clearScreen: false,
    logLevel: 'warn',
    define: Object.fromEntries(
      Object.entries(variables).map(([name, value]) => [`import.meta.env.${name}`, JSON.stringify(value)]),
    ),
    // The client of an app lies outside its folder.
    server: { fs: { allow: [projectRoot, harnessRoot] } },
  }
}
