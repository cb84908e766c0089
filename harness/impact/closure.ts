import { realpathSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { importsOf } from '#harness/project/imports.ts'

/** Finds what some files need: these, and all that they import, directly or not. Paths are relative to the project, with `/`. */
export type Closure = (files: Iterable<string>) => ReadonlySet<string>

const code = /\.[cm]?[jt]sx?$/
/** The engine and what it is made of: whoever asks treats them as one. */
const ends = /^(\.\.|harness|node_modules)(\/|$)/

/** Closures over a project's own files, each read once. The engine and packages are not among them. */
export function closureOver(root: string): Closure {
  const real = realpathSync(root)
  const known = new Map<string, readonly string[]>()
  function importedBy(path: string): readonly string[] {
    const found = known.get(path) ?? (code.test(path) ? read(path) : [])
    known.set(path, found)
    return found
  }
  function read(path: string): readonly string[] {
    const imported = importsOf(join(real, path)).map((file) => relative(real, file).replaceAll(sep, '/'))
    return imported.filter((file) => !ends.test(file))
  }
  return (files) => {
    const found = new Set(files)
    for (const path of found) for (const imported of importedBy(path)) found.add(imported)
    return found
  }
}
