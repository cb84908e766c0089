import { readdirSync, readFileSync, realpathSync } from 'node:fs'
import { createRequire, registerHooks } from 'node:module'
import { join, sep } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

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
/** What stays of an import when types are stripped. */
const importedNames = /(?:^|[\s;}])(?:import|export)(?!\s+type\b)(?:[\s\w{},*$]*?\sfrom)?\s*\(?\s*['"]([^'"]+)['"]/g

/** By file, those that import it. */
function importersIn(roots: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const importers = new Map<string, string[]>()
  for (const file of roots.flatMap(codeFilesIn)) {
    const { resolve } = createRequire(file)
    for (const [, name = ''] of readFileSync(file, 'utf8').matchAll(importedNames)) {
      const imported = resolved(resolve, name)
      if (imported !== undefined && roots.some((root) => imported.startsWith(`${root}${sep}`)))
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

/** The file that a name means; undefined where there is none (yet). */
function resolved(resolve: NodeJS.RequireResolve, name: string): string | undefined {
  try {
    return resolve(name)
  } catch {
    return undefined
  }
}
