import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The name of the file that tells what a built page was built from. */
export const fingerprintFile = 'built-from.txt'

const harness = fileURLToPath(new URL('../..', import.meta.url))
/** What of the harness is in the page. */
const folders = ['dashboard/app', 'client', 'contract', 'control', 'fault']

/** What the page is built from, as one short text: it is another one when any of the sources is. */
export function sourceFingerprint(): string {
  const hash = createHash('sha256')
  for (const file of folders.flatMap((folder) => sourcesIn(join(harness, folder))).toSorted()) {
    hash.update(`${relative(harness, file)}\n`).update(readFileSync(file))
  }
  return hash.digest('hex').slice(0, 16)
}

function sourcesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(tsx?|css|html)$/.test(name) && !/\.test(-d)?\.ts$/.test(name))
    .map((name) => join(folder, name))
}
