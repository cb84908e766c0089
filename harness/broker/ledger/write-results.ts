import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promiseDigest } from '../pact/promise-digest.ts'
import { titleOf } from '../pact/diff.ts'
import type { InteractionOutcome } from '../client/publish-results.ts'
import type { ResultFile } from './result-file.ts'

type Replayed = Readonly<{
  consumer: string
  provider: string
  target: string
  providerVersion: string
  outcomes: readonly InteractionOutcome[]
}>

/** Writes what a replay found out about one pact into a folder, for `can-i-deploy --ledger`. Gives the file. */
export async function writeResults(folder: string, { outcomes, ...replayed }: Replayed): Promise<string> {
  const document: ResultFile = {
    kind: 'replay-results',
    ...replayed,
    at: new Date().toISOString(),
    interactions: outcomes.map(({ interaction, findings }) => ({
      description: titleOf(interaction),
      digest: promiseDigest(interaction),
      ok: findings.length === 0,
    })),
  }
  const { consumer, provider, target } = replayed
  const name = `${consumer}--${provider}.${target}`.replaceAll(/[^\w.-]+/g, '_')
  await mkdir(folder, { recursive: true })
  const file = join(folder, `${name}.results.json`)
  await writeFile(file, `${JSON.stringify(document, null, 2)}\n`)
  return file
}
