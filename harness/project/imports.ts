import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

/** What stays of an import when types are stripped. */
const importedNames = /(?:^|[\s;}])(?:import|export)(?!\s+type\b)(?:[\s\w{},*$]*?\sfrom)?\s*\(?\s*['"]([^'"]+)['"]/g

/** The files that a module imports, by whatever way, absolute. What cannot be resolved, as a file that is not there (yet), is left out. */
export function importsOf(file: string): readonly string[] {
  const { resolve } = createRequire(file)
  return [...readFileSync(file, 'utf8').matchAll(importedNames)].flatMap(([, name = '']) => resolved(resolve, name))
}

function resolved(resolve: NodeJS.RequireResolve, name: string): readonly string[] {
  try {
    return [resolve(name)]
  } catch {
    return []
  }
}
