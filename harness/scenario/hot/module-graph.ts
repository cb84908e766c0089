import { readdirSync, realpathSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { join, sep } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { importsOf } from '#harness/project/imports.ts'

/** The modules under some folders: who imports whom, and which of them are to be loaded anew. */
export type ModuleGraph = Readonly<{
  /** The files that need one of these, by whatever way, and these. */
  dependents: (files: Iterable<string>) => ReadonlySet<string>
  /** From now on an import of one of these files loads it as it is then. */
  renew: (files: Iterable<string>) => void
}>

/**
 * The modules under these folders, as they stand there when it is asked. Node keeps each module for ever by its URL: a file
 * that is renewed gets a URL of its own, and all others stay the same module. What was replaced stays in memory.
 */
export function moduleGraph(folders: readonly string[]): ModuleGraph {
  const roots = folders.map((folder) => realpathSync(folder))
  const versions = new Map<string, number>()
  let version = 0
  return {
    dependents(files) {
      const importers = importersIn(roots)
      const found = new Set(files)
      for (const one of found) for (const importer of importers.get(one) ?? []) found.add(importer)
      return found
    },
    renew(files) {
      // Not before there is something to renew: a hook makes all imports slower.
      if (version++ === 0) serveVersions(versions)
      for (const file of files) versions.set(file, version)
    },
  }
}

function serveVersions(versions: ReadonlyMap<string, number>): void {
  registerHooks({
    resolve(specifier, context, nextResolve) {
      const resolved = nextResolve(specifier, context)
      if (!resolved.url.startsWith('file:')) return resolved
      const file = fileURLToPath(resolved.url.replace(/[?#].*$/, ''))
      const version = versions.get(file)
      return version === undefined ? resolved : { ...resolved, url: `${pathToFileURL(file).href}?version=${version}` }
    },
  })
}

const codeFile = /\.[cm]?[jt]s$/
/** By file, those that import it. */
function importersIn(roots: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const importers = new Map<string, string[]>()
  for (const file of roots.flatMap(codeFilesIn)) {
    for (const imported of importsOf(file)) {
      if (roots.some((root) => imported.startsWith(`${root}${sep}`)))
        importers.set(imported, [...(importers.get(imported) ?? []), file])
    }
  }
  return importers
}

function codeFilesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && codeFile.test(entry.name) && !entry.name.includes('.test.'))
    .map((entry) => join(entry.parentPath, entry.name))
}
