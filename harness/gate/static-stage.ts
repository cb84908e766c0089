import type { Finding } from '#harness/contract/finding.ts'
import type { System } from '#harness/contract/system.ts'
import { edgeKey } from '#harness/project/selected-edges.ts'
import { readEdges, type EdgeEvidence } from './edges.ts'
import type { StageProgress } from './stage-progress.ts'
import { counted } from './stage-progress.ts'
import { staticCheck, type StaticCheck } from './static-check.ts'

/** What comparing pacts with documents gave before anything was started. */
export type StaticStage = Readonly<{
  checks: readonly StaticCheck[]
  /** The edges whose tests changed after their pacts were recorded, by key: what is found in these pacts is of yesterday. */
  stale: ReadonlySet<string>
}>

/** Compares the pacts as they are committed; those of all edges, or of those that run. */
export async function staticStage(
  progress: StageProgress,
  systems: readonly System[],
  keys: ReadonlySet<string> | undefined,
): Promise<StaticStage> {
  const end = progress.start('static', 'pacts against OpenAPI')
  const [checks, edges] = await Promise.all([checkAll(systems, keys), readEdges(systems)])
  const stale = new Set(edges.filter(isStale).map(({ system, edge }) => edgeKey(system, edge)))
  const count = checks.reduce((sum, { checked }) => sum + checked, 0)
  end(`${counted(count, 'interaction')}, ${counted(staticFindings(checks).length, 'finding')}`)
  return { checks, stale }
}

/** What there is to be said before anything is started: recording can mend a pact that is stale, and no other one. */
export function stopping({ checks, stale }: StaticStage): readonly Finding[] {
  return staticFindings(checks.filter(({ edge }) => !stale.has(edge)))
}

/** The checks as they are after recording: pacts that were stale, or that recording has changed, are compared anew. */
export async function checkedAgain(
  { checks, stale }: StaticStage,
  systems: readonly System[],
  changed: ReadonlySet<string>,
): Promise<readonly StaticCheck[]> {
  const known = new Set(checks.map(({ edge }) => edge))
  const anew = new Set([...changed, ...stale.intersection(known)])
  if (anew.size === 0) return checks
  return [...checks.filter(({ edge }) => !anew.has(edge)), ...(await checkAll(systems, anew))]
}

export function staticFindings(checks: readonly StaticCheck[]): readonly Finding[] {
  return checks.flatMap(({ findings }) => findings)
}

async function checkAll(
  systems: readonly System[],
  keys: ReadonlySet<string> | undefined,
): Promise<readonly StaticCheck[]> {
  return (await Promise.all(systems.map((system) => staticCheck(system, keys)))).flat()
}

function isStale({ pact }: EdgeEvidence): boolean {
  return pact.kind === 'read' && pact.findings.some(({ code }) => code === 'pact-stale')
}
