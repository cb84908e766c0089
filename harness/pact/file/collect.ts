import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { manifestPrefix, type Manifest } from '../record/manifest.ts'
import type { EdgeRecordings } from './merge.ts'
import { readPact, type PactInteraction } from './pact-file.ts'

/** Collects the recordings of a run, by edge. A recording whose test failed is not in its file's manifest, and is left out. */
export async function collectRecordings(folder: string): Promise<readonly EdgeRecordings[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
  const manifests: Manifest[] = await Promise.all(
    entries
      .filter((entry) => entry.isFile() && entry.name.startsWith(manifestPrefix))
      .map(async (entry) => JSON.parse(await readFile(join(folder, entry.name), 'utf8')) as Manifest),
  )
  const edges = [...new Set(manifests.map((manifest) => manifest.edge))].toSorted()
  return Promise.all(
    edges.map((edge) =>
      collectEdge(
        folder,
        edge,
        manifests.filter((manifest) => manifest.edge === edge),
      ),
    ),
  )
}

async function collectEdge(folder: string, edge: string, manifests: readonly Manifest[]): Promise<EdgeRecordings> {
  const [consumer = '', provider = ''] = edge.split('--')
  const files = await readdir(join(folder, edge), { recursive: true }).catch(() => [])
  const pacts = await Promise.all(
    files.filter((file) => file.endsWith('.json')).map((file) => readPact(join(folder, edge, file))),
  )
  const recorded = pacts
    .flatMap((pact) => pact.interactions)
    .filter((interaction) => isRecorded(interaction, manifests))
  return { consumer, provider, recorded, manifests }
}

function isRecorded(interaction: PactInteraction, manifests: readonly Manifest[]): boolean {
  return manifests.some(
    (manifest) =>
      manifest.testFile === interaction.comments?.testname && manifest.recorded.includes(interaction.description),
  )
}
