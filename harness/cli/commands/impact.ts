import { describeFinding } from '#harness/contract/finding.ts'
import { readAcceptedBreaks } from '#harness/impact/accepted-breaks.ts'
import { findBase } from '#harness/impact/base.ts'
import { changeId } from '#harness/impact/diff/contract-change.ts'
import { impactSince } from '#harness/impact/impact.ts'
import { impactFindings, judge, type Judged } from '#harness/impact/judge.ts'
import { makeLocator, placeText } from '#harness/impact/usage/locate.ts'
import { projectRoot } from '#harness/project/paths.ts'
import { loadSystem, systemNames } from '#harness/project/systems.ts'
import { impactLines } from '#harness/report/impact-lines.ts'
import { command, common, type Command } from '../command.ts'
import { exitCodeOfFindings } from '../exit-code.ts'

/** `concordat impact`: what changes of contracts mean to consumers, by their pacts. */
export const impact: Command = command(
  {
    ...common,
    since: {
      type: 'string',
      valueHint: 'ref',
      default: 'origin/main',
      description: 'The Git ref to compare with: from where this branch left it.',
    },
  },
  async ({ system, since }) => {
    if (system !== undefined) await loadSystem(system)
    const systems = system === undefined ? await systemNames() : [system]
    const base = await findBase(projectRoot, since)
    const accepted = new Map(
      await Promise.all(systems.map(async (name) => [name, await readAcceptedBreaks(name)] as const)),
    )
    const impacts = (await impactSince(base)).filter(({ change }) => system === undefined || change.system === system)
    const by = { accepted, today: new Date().toISOString().slice(0, 10) }
    const judged = judge(impacts, { ...by, locator: makeLocator() })
    const findings = impactFindings(judged, by)
    const others = findings.filter(({ code }) => code !== 'contract-break')
    return {
      exitCode: exitCodeOfFindings(findings),
      findings,
      lines: [...others.flatMap((finding) => [describeFinding(finding), '']), ...impactLines(judged)],
      data: { since: { ref: base.ref, commit: base.commit }, changes: judged.map(dataOf) },
    }
  },
)

function dataOf({ impact: { change, unharmed }, consumers }: Judged): Readonly<Record<string, unknown>> {
  return {
    id: changeId(change),
    system: change.system,
    component: change.component,
    operation: change.operation,
    place: change.place,
    what: change.what,
    breaks: change.breaks.kind,
    consumers: consumers.map(({ verdict, places, ...rest }) => ({
      ...rest,
      verdict: verdict.kind,
      places: places.map(placeText),
    })),
    unharmed,
  }
}
