import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Finding } from '#harness/contract/finding.ts'
import { filesUnder } from '#harness/gate/test-files.ts'

/** One of the places of a system: what is in it, and what is missing there. */
export type Place = Readonly<{ path: string; holds: readonly string[]; missing: readonly string[] }>

/** The five places of a system, and its pacts. */
export async function placesOf(root: string, system: string, layout: readonly Finding[]): Promise<readonly Place[]> {
  const kinds = ['contracts', 'consumers', 'providers', 'mocks', 'scenarios', 'pacts']
  return Promise.all(
    kinds.map(async (kind) => {
      const path = `${kind}/${system}`
      const missing = layout.filter((finding) => finding.path?.startsWith(`${path}/`)).map(problemOf)
      return { path, holds: await contentsOf(join(root, path)), missing }
    }),
  )
}

function problemOf({ path, message }: Finding): string {
  return `${path}: ${message}`
}

/** Files by name, folders by name and number of files, tests counted apart. */
async function contentsOf(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
  const holds = entries.map(async (entry) =>
    entry.isDirectory() ? `${entry.name}/ (${await countsOf(join(folder, entry.name))})` : entry.name,
  )
  return (await Promise.all(holds)).toSorted()
}

async function countsOf(folder: string): Promise<string> {
  const [all, tests] = await Promise.all([filesUnder(folder, '.ts'), filesUnder(folder, '.test.ts')])
  return `${all.length - tests.length} files, ${tests.length} tests`
}
