import { readdirSync } from 'node:fs'
import { join } from 'node:path'

/** A test of its own, or what only such tests use: `npm test` runs it, the gate does not. */
export function isUnitTest(path: string): boolean {
  return /\.test(-d)?\.tsx?$/.test(path)
    ? !/\.(pact|replay|scenario)\.test\.ts$/.test(path)
    : /\/tests?(ing)?\//.test(path)
}

/** All files under a folder of the project, relative to the project, with `/`. None where there is no such folder. */
export function filesIn(root: string, folder: string): readonly string[] {
  try {
    const entries = readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    return entries
      .filter((entry) => entry.isFile() && !/(^|\/)(node_modules|__pycache__)(\/|$)/.test(entry.parentPath))
      .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
      .toSorted()
  } catch {
    return []
  }
}

/** The TypeScript among them that is no unit test. */
export function codeIn(root: string, folder: string): readonly string[] {
  return filesIn(root, folder).filter((path) => /\.tsx?$/.test(path) && !isUnitTest(path))
}
