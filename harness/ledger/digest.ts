import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectRoot } from '#harness/project/paths.ts'

/** A short digest of a text. */
export function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16)
}

/** One digest of files of the project, by name and content, in whatever order. Those that are not there do not count. */
export function digestOfFiles(files: Iterable<string>): string {
  const hash = createHash('sha256')
  for (const file of [...new Set(files)].toSorted()) {
    const path = join(projectRoot, file)
    if (existsSync(path)) hash.update(`${file}\0`).update(readFileSync(path)).update('\0')
  }
  return hash.digest('hex').slice(0, 16)
}
