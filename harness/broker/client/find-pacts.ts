import { glob, readFile, stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { z } from 'zod'
import { jsonOr } from '#harness/contract/json.ts'
import { UsageError } from '#harness/project/usage-error.ts'

const Pact = z.looseObject({
  consumer: z.looseObject({ name: z.string().min(1) }),
  provider: z.looseObject({ name: z.string().min(1) }),
})

/** A pact of any version of the specification, and the file it is in. */
export type FoundPact = Readonly<{ file: string; pact: z.output<typeof Pact> & Readonly<Record<string, unknown>> }>

/**
 * Reads the pacts that are named: files, folders with all that is below them, and patterns, which the official command line
 * refuses. Files that are JSON and no pact (a ledger, say) are left out of folders and patterns, and refused by name.
 * @throws UsageError where something named is not there, is no pact, or there is no pact at all.
 */
export async function findPacts(places: readonly string[], folder: string): Promise<readonly FoundPact[]> {
  const found = new Map<string, FoundPact>()
  for (const place of places) {
    const files = await filesOf(place, folder)
    for (const { file, named } of files) {
      const pact = await readPact(file, named)
      if (pact) found.set(file, { file, pact })
    }
  }
  if (found.size === 0)
    throw new UsageError(
      `there is no pact in ${places.join(', ')}. Record some, or name other files, folders or patterns.`,
    )
  return [...found.values()].toSorted((a, b) => (a.file < b.file ? -1 : 1))
}

type Candidate = Readonly<{ file: string; named: boolean }>

async function filesOf(place: string, folder: string): Promise<readonly Candidate[]> {
  const path = resolve(folder, place)
  const found = await stat(path).catch(() => undefined)
  if (found?.isFile()) return [{ file: path, named: true }]
  const files = found?.isDirectory() ? await jsonFiles('**/*.json', path) : await jsonFiles(place, folder)
  if (files.length > 0 || found) return files
  throw new UsageError(`"${place}" is no file, no folder, and matches nothing. Name what is there.`)
}

async function jsonFiles(pattern: string, folder: string): Promise<readonly Candidate[]> {
  const files: Candidate[] = []
  for await (const file of glob(pattern, { cwd: folder }))
    if (file.endsWith('.json')) files.push({ file: resolve(folder, file), named: false })
  return files
}

async function readPact(file: string, named: boolean): Promise<FoundPact['pact'] | undefined> {
  const parsed = Pact.safeParse(jsonOr(await readFile(file, 'utf8'), undefined))
  if (parsed.success) return parsed.data
  if (!named) return undefined
  throw new UsageError(`${file} is no pact: it names no consumer and provider. Record it again, or leave it out.`)
}
