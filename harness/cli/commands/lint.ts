import { describeFinding } from '#harness/contract/finding.ts'
import { readEdges, strayPacts, type EdgeEvidence } from '#harness/gate/edges.ts'
import { layoutFindings } from '#harness/gate/layout.ts'
import { pactFindings } from '#harness/gate/pact-evidence.ts'
import { staticCheck, type StaticCheck } from '#harness/gate/static-check.ts'
import { projectRoot } from '#harness/project/paths.ts'
import { loadSystems, systemNames } from '#harness/project/systems.ts'
import { tableLines } from '#harness/report/table.ts'
import { edgeKey } from '#harness/project/selected-edges.ts'
import { command, common, type Command } from '../command.ts'
import { exitCodeOfFindings } from '../exit-code.ts'

/** `concordat lint`: all that can be known of pacts and folders without starting anything. */
export const lint: Command = command({ ...common }, async ({ system }) => {
  const systems = await loadSystems(system)
  const [edges, checks, strays, layout] = await Promise.all([
    readEdges(systems),
    Promise.all(systems.map((one) => staticCheck(one, undefined))).then((all) => all.flat()),
    strayPacts(systems),
    layoutFindings({ root: projectRoot, names: await systemNames(), systems }),
  ])
  const findings = [...layout, ...strays, ...edges.flatMap(pactFindings), ...checks.flatMap((check) => check.findings)]
  const rows = edges.map((edge) => rowOf(edge, checks))
  return {
    exitCode: exitCodeOfFindings(findings),
    findings,
    lines: [...findings.flatMap((finding) => [describeFinding(finding), '']), ...tableLines(rows.map(cellsOf))],
    data: { edges: rows },
  }
})

type Row = Readonly<{ edge: string; interactions: number; compared: number; left: number; wrong: number }>

function rowOf(evidence: EdgeEvidence, checks: readonly StaticCheck[]): Row {
  const key = edgeKey(evidence.system, evidence.edge)
  const { checked = 0, skipped = 0, findings = [] } = checks.find(({ edge }) => edge === key) ?? {}
  const interactions = evidence.pact.kind === 'read' ? evidence.pact.interactions.length : 0
  return {
    edge: key,
    interactions,
    compared: checked,
    left: skipped,
    wrong: findings.length + pactFindings(evidence).length,
  }
}

function cellsOf({ edge, interactions, compared, left, wrong }: Row): readonly string[] {
  return [
    edge,
    `${interactions} interactions`,
    `${compared} compared with OpenAPI`,
    left > 0 ? `${left} left to the replay` : '',
    wrong > 0 ? `${wrong} wrong` : 'in order',
  ]
}
