import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { InlineConfig } from 'vite'
import { paths, projectRoot } from '#harness/project/paths.ts'

/** The sources of the page. */
export const appFolder: string = fileURLToPath(new URL('app', import.meta.url))

/** Where `npm run build:dashboard` puts the page. */
export const distFolder: string = fileURLToPath(new URL('dist', import.meta.url))

/** What serving and building the page have in common. No configuration file is read. */
export function dashboardConfig(): InlineConfig {
  return {
    configFile: false,
    root: appFolder,
    base: './',
    envDir: false,
    publicDir: false,
    cacheDir: join(paths.scratch(), 'vite', 'dashboard'),
    clearScreen: false,
    logLevel: 'warn',
    server: { fs: { allow: [projectRoot] } },
  }
}
