import type { Finding } from '#harness/contract/finding.ts'
import { edgeName } from '#harness/contract/system.ts'
import { participants, type EdgeEvidence } from '#harness/gate/edges.ts'
import type { Failure } from '#harness/gate/test-failures.ts'
import type { Places } from '../places/places.ts'
import type { Place } from '../places/source-files.ts'
import type { PlacedFinding } from './placed-finding.ts'

/** What is known of sources and edges when findings are placed. */
export type Placing = Readonly<{
  edges: readonly EdgeEvidence[]
  places: ReadonlyMap<string, Places>
  failures: readonly Failure[]
}>

/**
 * Finds the lines from which a finding can be seen: the consumer's test that describes the interaction and, where a target was
 * asked, on the other side what answers (live service or mock), else the contract. A finding about a file is placed in it, that of a failed
 * test at the line that failed.
 */
export function placeFinding(finding: Finding, { edges, places, failures }: Placing): PlacedFinding {
  const evidence = edges.find((one) => edgeName(one.edge) === finding.edge || participants(one) === finding.edge)
  const system = evidence?.system ?? edges.find((one) => one.system === finding.edge)?.system
  const known = system === undefined ? undefined : places.get(system)
  const found = known && evidence ? ofEdge(finding, evidence, known) : []
  const file = fileOf(finding, failures)
  return {
    ...finding,
    ...(system !== undefined && { system }),
    places: [...found, ...(file && found.length === 0 ? [{ of: 'file' as const, ...file }] : [])],
  }
}

type Found = PlacedFinding['places'][number]

function ofEdge({ interaction, operation, target }: Finding, evidence: EdgeEvidence, places: Places): readonly Found[] {
  const { edge, pact } = evidence
  const recorded = pact.kind === 'read' ? pact.interactions.find((one) => one.description === interaction) : undefined
  const name = operation ?? recorded?.operation
  const consumer = interaction === undefined ? undefined : places.interaction(edge.consumer, interaction)
  const on = target === 'mock' ? 'mock' : 'live'
  const handler = name === undefined ? undefined : places.handler(on, edge.provider, name)
  const declared = name === undefined ? undefined : places.operation(edge.provider, name)
  // What was found without asking anybody is the consumer's alone: a pact that is stale, a fault that it does not survive.
  if (interaction !== undefined && target === undefined) return seen('consumer', consumer)
  return [
    ...seen('consumer', consumer),
    ...(handler ? seen(on === 'mock' ? 'mock' : 'provider', handler) : seen('contract', declared)),
  ]
}

function seen(of: Found['of'], place: Place | undefined): readonly Found[] {
  return place ? [{ of, ...place }] : []
}

/** The file that a path names, where it is none into a message; of a failed test, at the first line of it in the stack. */
function fileOf({ path, code }: Finding, failures: readonly Failure[]): Place | undefined {
  if (path === undefined || path.startsWith('$') || !path.includes('/')) return undefined
  if (code !== 'test-failed') return { file: path, line: 1 }
  const message = failures.find(({ file }) => file === path)?.message ?? ''
  const line = new RegExp(`${RegExp.escape(path)}:(\\d+)`).exec(message)?.[1]
  return { file: path, line: Number(line ?? 1) }
}
