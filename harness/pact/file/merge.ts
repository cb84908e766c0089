import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Finding } from '#harness/contract/finding.ts'
import type { Manifest } from '../record/manifest.ts'
import { interactionKey, pactText, type PactFile, type PactInteraction } from './pact-file.ts'

/** What one run recorded for one edge. */
export type EdgeRecordings = Readonly<{
  consumer: string
  provider: string
  recorded: readonly PactInteraction[]
  manifests: readonly Manifest[]
}>

export type Merged =
  | Readonly<{ pact: PactFile; dropped: readonly string[] }>
  | Readonly<{ conflicts: readonly Finding[] }>

/**
 * Puts what a run recorded into the pact of its edge. Interactions of test files that did not run stay; those that their
 * file declares no more, or whose file is gone, are dropped. The order is by description and states, so that the same
 * interactions give the same bytes in whatever order, and by however many workers, they were recorded.
 */
export async function mergeRecordings(
  old: PactFile | undefined,
  recordings: EdgeRecordings,
  root: string,
): Promise<Merged> {
  const conflicts = conflictsIn(recordings)
  if (conflicts.length > 0) return { conflicts }
  const fresh = new Map(recordings.recorded.map((interaction) => [interactionKey(interaction), interaction]))
  const kept = (old?.interactions ?? []).filter(
    (interaction) => !fresh.has(interactionKey(interaction)) && isStillDeclared(interaction, recordings, root),
  )
  const interactions = [...kept, ...fresh.values()].toSorted(byKey)
  // One whose states alone have changed is still there, under its description.
  const dropped = (old?.interactions ?? []).filter(
    (interaction) => !interactions.some((other) => other.description === interaction.description),
  )
  const pact: PactFile = {
    consumer: { name: recordings.consumer },
    provider: { name: recordings.provider },
    interactions,
    metadata: { pactSpecification: { version: '4.0' }, concordat: { sources: await sourcesOf(interactions, root) } },
  }
  return { pact, dropped: dropped.map((interaction) => interaction.description) }
}

function byKey(a: PactInteraction, b: PactInteraction): number {
  const [first, second] = [interactionKey(a), interactionKey(b)]
  return first < second ? -1 : first > second ? 1 : 0
}

function isStillDeclared(interaction: PactInteraction, { manifests }: EdgeRecordings, root: string): boolean {
  const testFile = interaction.comments?.testname
  if (testFile === undefined || !existsSync(join(root, testFile))) return false
  const manifest = manifests.find((candidate) => candidate.testFile === testFile)
  // A changed interaction has other states under the old description: it was recorded anew under its new key.
  return (
    manifest === undefined ||
    (manifest.declared.includes(interaction.description) && !manifest.recorded.includes(interaction.description))
  )
}

/** Two tests that record the same description and states with other content: Pact keeps the last one, silently. */
function conflictsIn({ consumer, provider, recorded }: EdgeRecordings): readonly Finding[] {
  const seen = new Map<string, PactInteraction>()
  return recorded.flatMap((interaction): Finding[] => {
    const key = interactionKey(interaction)
    const other = seen.get(key)
    seen.set(key, interaction)
    if (!other || contentOf(other) === contentOf(interaction)) return []
    return [
      {
        code: 'pact-conflict',
        severity: 'error',
        edge: `${consumer} -> ${provider}`,
        interaction: interaction.description,
        message: `${other.comments?.testname} and ${interaction.comments?.testname} record it with different content.`,
        fix: 'Give one of them another description or other states.',
      },
    ]
  })
}

function contentOf({ comments: _comments, ...rest }: PactInteraction): string {
  return pactText(rest as never)
}

async function sourcesOf(interactions: readonly PactInteraction[], root: string): Promise<Record<string, string>> {
  const files = [...new Set(interactions.map((interaction) => interaction.comments?.testname ?? ''))].toSorted()
  return Object.fromEntries(
    await Promise.all(files.map(async (file) => [file, await sourceDigest(join(root, file))] as const)),
  )
}

/** A short digest of a consumer test, by which a pact knows that it is older than the test. */
export async function sourceDigest(file: string): Promise<string> {
  return createHash('sha256')
    .update(await readFile(file))
    .digest('hex')
    .slice(0, 16)
}
