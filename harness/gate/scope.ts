import { relative, sep } from 'node:path'
import type { System } from '#harness/contract/system.ts'
import { affectedEdges, type EdgeReasons, type Reason } from '#harness/impact/affected-edges.ts'
import { isDriftSuite, scenarioReasons } from '#harness/impact/affected-scenarios.ts'
import { findBase, type Base } from '#harness/impact/base.ts'
import { changedPaths } from '#harness/impact/changed-paths.ts'
import { closureOver, type Closure } from '#harness/impact/closure.ts'
import { edgeInputs } from '#harness/impact/edge-inputs.ts'
import { placeOf } from '#harness/impact/place-of.ts'
import { replayFile } from '#harness/impact/replay-components.ts'
import { ledgerPath } from '#harness/ledger/ledger.ts'
import { unprovenEdges, type Unproven } from '#harness/ledger/unproven.ts'
import { projectRoot } from '#harness/project/paths.ts'
import { edgeKey } from '#harness/project/selected-edges.ts'
import type { TestFiles } from './test-files.ts'

/** What a gate runs. */
export type GateScope = Readonly<{ kind: 'all'; files: TestFiles }> | AffectedScope

export type AffectedScope = Readonly<{
  kind: 'affected'
  files: TestFiles
  base: Base
  changed: readonly string[]
  /** All declared edges, each with why it runs: one without a reason is left out. */
  edges: readonly EdgeReasons[]
  leftOut: LeftOut
  /** What there is beside what runs. */
  all: Readonly<{ files: TestFiles; systems: readonly string[] }>
}>

/** How much of what there is does not run. */
export type LeftOut = Readonly<Record<'scenarios' | 'drifts' | 'containers', Part>>
type Part = Readonly<{ files: number; of: number }>

/** What has to run because of what changed since a ref: the edges that may be affected, and what they need. */
export async function affectedScope(ref: string, systems: readonly System[], files: TestFiles): Promise<AffectedScope> {
  const base = await findBase(projectRoot, ref)
  const [changed, inputs, unproven] = await Promise.all([
    changedPaths(projectRoot, base),
    Promise.all(systems.map((system) => edgeInputs(system))),
    Promise.all(systems.map(unprovenEdges)),
  ])
  const edges = withUnproven(affectedEdges(changed, inputs.flat()), unproven.flat())
  return scopeOver({ base, changed, edges, all: { files, systems: systems.map(({ name }) => name) } })
}

/** Edges that nothing changed for are left out only where the ledger proves that they were replayed as they are. */
function withUnproven(edges: readonly EdgeReasons[], unproven: readonly Unproven[]): readonly EdgeReasons[] {
  const differs = new Map(
    unproven.map(({ inputs: { system, edge }, differs: what }) => [edgeKey(system.name, edge), what] as const),
  )
  return edges.map((one) => {
    const { system, edge } = one.inputs
    const what = differs.get(edgeKey(system.name, edge))
    if (isRun(one) || what === undefined) return one
    return {
      ...one,
      reasons: [{ path: ledgerPath(system.name), why: `it was not replayed as it is: ${what.join(', ')}` }],
    }
  })
}

/** The same with further edges: those, by key, whose pacts recording has changed. */
export function widened(scope: AffectedScope, changed: ReadonlySet<string>): AffectedScope {
  const edges = scope.edges.map((edge) => {
    const key = edgeKey(edge.inputs.system.name, edge.inputs.edge)
    if (isRun(edge) || !changed.has(key)) return edge
    return { ...edge, reasons: [{ path: `pacts/${key}.json`, why: 'a test of another edge recorded it anew' }] }
  })
  return scopeOver({ ...scope, edges })
}

function scopeOver(choice: Pick<AffectedScope, 'base' | 'changed' | 'edges' | 'all'>): AffectedScope {
  const files = chooseFiles(choice)
  return { ...choice, kind: 'affected', files, leftOut: leftOut(choice.all.files, files) }
}

/** The edges that a scope runs, by key. */
export function keysOf({ edges }: AffectedScope): ReadonlySet<string> {
  return new Set(edges.filter(isRun).map(({ inputs: { system, edge } }) => edgeKey(system.name, edge)))
}

export function isRun({ reasons }: EdgeReasons): boolean {
  return reasons.length > 0
}

function chooseFiles({
  changed,
  edges: all,
  all: { files, systems },
}: Pick<AffectedScope, 'changed' | 'edges' | 'all'>): TestFiles {
  // What everything may depend on leaves nothing out.
  if (changed.some((path) => placeOf(path, systems).kind === 'everything')) return files
  const closure = closureOver(projectRoot)
  const edges = all.filter(isRun)
  const recordings = new Set(edges.flatMap(({ inputs }) => inputs.recordings))
  const reasons = edges.flatMap((edge) => edge.reasons)
  return {
    recordings: files.recordings.filter((file) => recordings.has(inProject(file))),
    replays: files.replays.filter((file) => replays(inProject(file), { edges, reasons, closure })),
    scenarios: files.scenarios.filter(
      (file) => scenarioReasons(inProject(file), changed, { closure, systems }).length > 0,
    ),
  }
}

type Replayed = Readonly<{
  edges: readonly EdgeReasons[]
  reasons: readonly Reason[]
  closure: Closure
}>

/** A test runs that replays an affected edge; those in containers where what makes the containers changed. */
function replays(path: string, { edges, reasons, closure }: Replayed): boolean {
  const file = replayFile(path)
  switch (file.kind) {
    case 'component':
      return edges.some(
        ({ inputs: { system, edge } }) => system.name === file.system && edge.provider === file.component,
      )
    case 'containers': {
      const own = closure([path])
      return reasons.some(
        (reason) =>
          own.has(reason.path) ||
          reason.path.startsWith(`compose/${file.system}/`) ||
          (reason.path.startsWith(`providers/${file.system}/`) && /\/Dockerfile[^/]*$/.test(reason.path)),
      )
    }
    case 'unknown':
      return edges.length > 0
    default:
      return file satisfies never
  }
}

function leftOut(all: TestFiles, chosen: TestFiles): LeftOut {
  const count = (files: (from: TestFiles) => readonly string[]): Part => {
    const of = files(all).length
    return { files: of - files(chosen).length, of }
  }
  return {
    scenarios: count(({ scenarios }) => scenarios.filter((file) => !isDriftSuite(file))),
    drifts: count(({ scenarios }) => scenarios.filter(isDriftSuite)),
    containers: count((from) => from.replays.filter((file) => replayFile(inProject(file)).kind === 'containers')),
  }
}

function inProject(file: string): string {
  return relative(projectRoot, file).replaceAll(sep, '/')
}
