import { describeFinding, type Finding } from '#harness/contract/finding.ts'
import { edgeName } from '#harness/contract/system.ts'
import { readEdges, strayPacts, type EdgeEvidence } from '#harness/gate/edges.ts'
import { layoutFindings } from '#harness/gate/layout.ts'
import { pactFindings } from '#harness/gate/pact-evidence.ts'
import { staticCheck, type StaticCheck } from '#harness/gate/static-check.ts'
import { ledgerPath } from '#harness/ledger/ledger.ts'
import { unprovenEdges, type Unproven } from '#harness/ledger/unproven.ts'
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
  const unproven = (await Promise.all(systems.map(unprovenEdges))).flat()
  const findings = [
    ...layout,
    ...strays,
    ...edges.flatMap(pactFindings),
    ...checks.flatMap((check) => check.findings),
    ...unproven.map(unprovenFinding),
  ]
  const rows = edges.map((edge) => rowOf(edge, checks, unproven))
  return {
    exitCode: exitCodeOfFindings(findings),
    findings,
    lines: [...findings.flatMap((finding) => [describeFinding(finding), '']), ...tableLines(rows.map(cellsOf))],
    data: { edges: rows },
  }
})

/** Nobody has replayed it, as far as the ledger knows. */
function unprovenFinding({ inputs: { system, edge }, differs }: Unproven): Finding {
  return {
    code: 'not-replayed',
    severity: 'error',
    edge: `${system.name}/${edgeName(edge)}`,
    path: ledgerPath(system.name),
    message: `The ledger knows of no run with the edge as it is: ${differs.join(', ')}.`,
    fix: 'Run `npm run gate`, and commit the ledger with the pacts.',
  }
}

type Row = Readonly<{
  edge: string
  interactions: number
  compared: number
  left: number
  wrong: number
  isProven: boolean
}>

function rowOf(evidence: EdgeEvidence, checks: readonly StaticCheck[], unproven: readonly Unproven[]): Row {
  const key = edgeKey(evidence.system, evidence.edge)
  const { checked = 0, skipped = 0, findings = [] } = checks.find(({ edge }) => edge === key) ?? {}
  return {
    edge: key,
    interactions: evidence.pact.kind === 'read' ? evidence.pact.interactions.length : 0,
    compared: checked,
    left: skipped,
    wrong: findings.length + pactFindings(evidence).length,
    isProven: !unproven.some(({ inputs: { system, edge } }) => edgeKey(system.name, edge) === key),
  }
}

function cellsOf({ edge, interactions, compared, left, wrong, isProven }: Row): readonly string[] {
  return [
    edge,
    `${interactions} interactions`,
    `${compared} compared with OpenAPI`,
    left > 0 ? `${left} left to the replay` : '',
    wrong > 0 ? `${wrong} wrong` : 'in order',
    isProven ? 'replayed as it is' : 'not replayed as it is',
  ]
}
