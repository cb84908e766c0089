import { readFile } from 'node:fs/promises'
import { relative } from 'node:path'
import { filesUnder } from './test-files.ts'

/** A file, relative to its folder, and what it imports of the consumers: `<system>/<component>`. */
export type ForeignImport = Readonly<{ file: string; imported: string }>

/** What stands behind `from` or `import(`, by alias or by a path that leaves the folder. */
const consumerImport = /(?:from|import)\s*\(?\s*['"](?:#|(?:\.\.\/)+)consumers\/([^'"/]+\/[^'"/]+)/g

/** Imports of consumers by the TypeScript files under a folder, but for those of these components. */
export async function foreignImports(folder: string, allowed: readonly string[]): Promise<readonly ForeignImport[]> {
  const files = await filesUnder(folder, '.ts')
  const found = await Promise.all(
    files.map(async (file) => {
      const text = await readFile(file, 'utf8')
      return [...text.matchAll(consumerImport)]
        .map(([, imported = '']) => ({ file: relative(folder, file), imported }))
        .filter(({ imported }) => !allowed.includes(imported))
    }),
  )
  return found.flat()
}
