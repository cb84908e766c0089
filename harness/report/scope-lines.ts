import { isRun, keysOf, type AffectedScope, type GateScope } from '#harness/gate/scope.ts'
import { counted } from '#harness/gate/stage-progress.ts'
import { wordsForEdge, type Reason } from '#harness/impact/affected-edges.ts'
import { edgeKey } from '#harness/project/selected-edges.ts'

/** So many reasons are told for one edge; of the rest, only their number. */
const mostReasons = 3
const labelWidth = 10
const indent = ' '.repeat(labelWidth + 3)

/** What a gate ran of all that there is, and why, for people; nothing where it ran all. */
export function scopeLines(scope: GateScope): readonly string[] {
  if (scope.kind === 'all') return []
  const { base, changed, edges } = scope
  const since = `${base.ref} (${base.commit.slice(0, 12)}): ${counted(changed.length, 'changed file')}`
  return [labelled('since', since), ...runLines(edges.filter(isRun)), labelled('left out', leftOutWords(scope)), '']
}

/** The same as data. */
export function scopeData(scope: GateScope): Readonly<Record<string, unknown>> {
  if (scope.kind === 'all') return {}
  const { base, changed, edges, leftOut } = scope
  return {
    since: { ref: base.ref, commit: base.commit, changed },
    affected: edges.filter(isRun).map(({ inputs: { system, edge }, reasons }) => ({
      edge: edgeKey(system.name, edge),
      reasons,
    })),
    leftOut: {
      edges: edges.filter((edge) => !isRun(edge)).map(({ inputs: { system, edge } }) => edgeKey(system.name, edge)),
      ...leftOut,
    },
  }
}

/** Edges that run for the same reasons are told together. */
function runLines(edges: AffectedScope['edges']): readonly string[] {
  const alike = Map.groupBy(edges, ({ reasons }) => JSON.stringify(reasons))
  return [...alike.values()].flatMap((group) => [
    ...group.map(({ inputs }) => labelled('runs', wordsForEdge(inputs))),
    ...reasonLines(group[0]?.reasons ?? []),
  ])
}

function reasonLines(reasons: readonly Reason[]): readonly string[] {
  const shown = reasons.slice(0, mostReasons).map(({ path, why }) => `${indent}${path}: ${why}`)
  const more = reasons.length - shown.length
  return more > 0 ? [...shown, `${indent}and ${counted(more, 'further file')}`] : shown
}

function leftOutWords(scope: AffectedScope): string {
  const { edges, leftOut } = scope
  const parts: readonly (readonly [left: number, of: number, what: string])[] = [
    [edges.length - keysOf(scope).size, edges.length, 'edge'],
    [leftOut.scenarios.files, leftOut.scenarios.of, 'scenario file'],
    [leftOut.drifts.files, leftOut.drifts.of, 'drift suite'],
    [leftOut.containers.files, leftOut.containers.of, 'container suite'],
  ]
  const said = parts.filter(([left]) => left > 0).map(([left, of, what]) => `${left} of ${counted(of, what)}`)
  if (said.length === 0) return 'nothing'
  return `${said.join(', ')}. Nothing that these edges and stories depend on changed; drifts and containers have their turn in the full gate.`
}

function labelled(label: string, text: string): string {
  return `${label.padEnd(labelWidth)} ${text}`
}
