import type { Finding } from '#harness/contract/finding.ts'
import type { System } from '#harness/contract/system.ts'
import type { PactFile, PactInteraction } from '#harness/pact/file/pact-file.ts'
import { InvalidPact, readPactIfAny } from '#harness/pact/file/pact-file.ts'
import { paths } from '#harness/project/paths.ts'
import { edgeKey } from '#harness/project/selected-edges.ts'
import { loadSchemaNames } from '#harness/spec/load-schema-names.ts'
import { openApiDocuments } from '#harness/spec/openapi/documents.ts'
import { comparatorFor, type Comparator, type Contradiction } from '#harness/spec/static-check/comparator.ts'

/** What came of comparing the pact of an edge with the OpenAPI document of its provider. */
export type StaticCheck = Readonly<{
  /** The edge by key. */
  edge: string
  checked: number
  /** Interactions that such a document has no words for: streams, channels, preflights. Replays alone check them. */
  skipped: number
  findings: readonly Finding[]
}>

/** Compares the pacts of a system's edges, or of those among them, with the documents of their providers. */
export async function staticCheck(
  system: System,
  keys: ReadonlySet<string> | undefined,
): Promise<readonly StaticCheck[]> {
  const edges = system.edges.filter((edge) => keys?.has(edgeKey(system.name, edge)) ?? true)
  if (edges.length === 0) return []
  const documents = await openApiDocuments(system, await loadSchemaNames(system.name))
  const comparators = new Map<string, Promise<Comparator>>()
  const checks = edges.map(async (edge): Promise<StaticCheck[]> => {
    const [pact, document] = [await pactOf(paths.pact(system.name, edge)), documents.get(edge.provider)]
    if (!pact || !document) return []
    const comparator = comparators.get(edge.provider) ?? comparatorFor(document)
    comparators.set(edge.provider, comparator)
    return [{ edge: edgeKey(system.name, edge), ...checkOf(pact, await (await comparator)(pact)) }]
  })
  return (await Promise.all(checks)).flat()
}

/** A pact that cannot be read, or is not there, is found by the lint. */
async function pactOf(file: string): Promise<PactFile | undefined> {
  try {
    return await readPactIfAny(file)
  } catch (error) {
    if (error instanceof InvalidPact) return undefined
    throw error
  }
}

function checkOf(pact: PactFile, contradictions: readonly Contradiction[]): Omit<StaticCheck, 'edge'> {
  const checked = pact.interactions.filter(({ type }) => type === 'Synchronous/HTTP').length
  const findings = contradictions.flatMap((contradiction) => {
    const interaction = pact.interactions[contradiction.interaction ?? -1]
    return contradiction.severity === 'warning' || isMeant(contradiction, interaction)
      ? []
      : [findingOf(pact, interaction, contradiction)]
  })
  return { checked, skipped: pact.interactions.length - checked, findings }
}

/** A request that is refused may be one that the contract does not allow: that is why. */
function isMeant({ place }: Contradiction, interaction: PactInteraction | undefined): boolean {
  return interaction?.type === 'Synchronous/HTTP' && interaction.response.status >= 400 && place.startsWith('request')
}

function findingOf(pact: PactFile, interaction: PactInteraction | undefined, found: Contradiction): Finding {
  return {
    code: 'pact-outside-contract',
    severity: 'error',
    edge: `${pact.consumer.name} -> ${pact.provider.name}`,
    ...(interaction && { interaction: interaction.description }),
    path: `$.${found.place}`,
    message: `${found.message} (${found.code}).`,
    fix: 'Record it again: `npm run concordat -- record`; where that fails, correct the example or the contract.',
  }
}
