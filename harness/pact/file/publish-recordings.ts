import { rm } from 'node:fs/promises'
import { relative } from 'node:path'
import type { Finding } from '#harness/contract/finding.ts'
import type { Edge, System } from '#harness/contract/system.ts'
import { paths, projectRoot } from '#harness/project/paths.ts'
import { loadSystems, participantName } from '#harness/project/systems.ts'
import { collectRecordings } from './collect.ts'
import { mergeRecordings, type EdgeRecordings } from './merge.ts'
import { InvalidPact, readPactIfAny, writePact } from './pact-file.ts'
import { secretsIn } from './secrets.ts'

/** What became of a run's recordings for one edge. */
export type Published = Readonly<{
  edge: string
  file: string
  interactions: number
  recorded: number
  changed: boolean
  dropped: readonly string[]
  findings: readonly Finding[]
}>

/**
 * Merges a run's recordings into the pacts of their edges. A pact with a conflict or a secret is not written.
 * The folder of recordings is removed.
 */
export async function publishRecordings(folder: string): Promise<readonly Published[]> {
  const recordings = await collectRecordings(folder)
  const systems = recordings.length > 0 ? await loadSystems() : []
  const published = await Promise.all(recordings.map((edge) => publishEdge(edge, systems)))
  await rm(folder, { recursive: true, force: true })
  return published
}

async function publishEdge(recordings: EdgeRecordings, systems: readonly System[]): Promise<Published> {
  const found = findEdge(recordings, systems)
  const base = { edge: `${recordings.consumer} -> ${recordings.provider}`, recorded: recordings.recorded.length }
  if (!found)
    return { ...base, file: '', interactions: 0, changed: false, dropped: [], findings: [unclaimed(recordings)] }
  const file = paths.pact(found.system.name, found.edge)
  // What cannot be read, as after a merge that left its marks, is recorded again.
  const old = await readPactIfAny(file).catch((error: unknown) => {
    if (error instanceof InvalidPact) return undefined
    throw error
  })
  const merged = await mergeRecordings(old, recordings, projectRoot)
  const nothing = {
    ...base,
    file: relative(projectRoot, file),
    interactions: old?.interactions.length ?? 0,
    changed: false,
    dropped: [],
  }
  if ('conflicts' in merged) return { ...nothing, findings: merged.conflicts }
  const secrets = secretsIn(merged.pact)
  if (secrets.length > 0) return { ...nothing, findings: secrets }
  const changed = merged.pact.interactions.length > 0 && (await writePact(file, merged.pact))
  return { ...nothing, interactions: merged.pact.interactions.length, changed, dropped: merged.dropped, findings: [] }
}

function findEdge(
  { consumer, provider }: EdgeRecordings,
  systems: readonly System[],
): { system: System; edge: Edge } | undefined {
  for (const system of systems) {
    for (const edge of system.edges) {
      const isConsumer = participantName(system.name, edge.consumer) === consumer
      if (isConsumer && system.components[edge.provider]?.contract?.name === provider) return { system, edge }
    }
  }
  return undefined
}

function unclaimed({ consumer, provider }: EdgeRecordings): Finding {
  return {
    code: 'pact-unclaimed',
    severity: 'error',
    edge: `${consumer} -> ${provider}`,
    message: 'No system declares this edge, so its pact has no place.',
    fix: "Declare the edge in contracts/<system>/system.ts, or correct the consumer's name: <system>-<component>.",
  }
}
