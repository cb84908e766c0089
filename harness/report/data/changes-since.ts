import type { Changes } from './changes.ts'
import { figureLines } from './figure-lines.ts'
import { whereOf, type PlacedFinding } from './placed-finding.ts'
import type { Report } from './report.ts'

/** What is otherwise in a report than in the one before. Systems that are in one of them alone are left aside. */
export function changesSince(previous: Report, report: Report): Changes {
  const common = report.run.systems.filter((system) => previous.run.systems.includes(system))
  const [before, after] = [outcomesOf(previous, common), outcomesOf(report, common)]
  const added = [...after.interactions.keys()].filter((key) => !before.interactions.has(key))
  const gone = [...before.interactions.keys()].filter((key) => !after.interactions.has(key))
  const { at, commit } = previous.run
  return {
    since: { at, ...(commit !== undefined && { commit }), verdict: previous.verdict },
    newFindings: missingIn(previous, report, common),
    goneFindings: missingIn(report, previous, common),
    newInteractions: added.flatMap((key) => after.interactions.get(key) ?? []),
    goneInteractions: gone.flatMap((key) => before.interactions.get(key) ?? []),
    turned: [...after.states].flatMap(([what, to]) => {
      const from = before.states.get(what)
      return from === undefined || from === to ? [] : [{ what, from, to }]
    }),
    figures: isSame(previous.run.systems, report.run.systems) ? changedFigures(previous, report) : [],
  }
}

/** Errors of one report that the other does not have, each once. */
function missingIn(
  { findings: known }: Report,
  { findings }: Report,
  systems: readonly string[],
): Changes['newFindings'] {
  const keys = new Set(known.map(keyOf))
  const missing = findings.filter(
    (finding) =>
      finding.severity === 'error' &&
      (finding.system === undefined || systems.includes(finding.system)) &&
      !keys.has(keyOf(finding)),
  )
  return [...new Map(missing.map((finding) => [keyOf(finding), finding])).values()].map((finding) => ({
    code: finding.code,
    where: whereOf(finding),
    message: finding.message,
  }))
}

function isSame(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && some.every((name) => others.includes(name))
}

/** What makes a finding the same in two runs. Not its message, which may hold values of the one run. */
function keyOf(finding: PlacedFinding): string {
  return JSON.stringify([finding.code, whereOf(finding)])
}

type Outcomes = Readonly<{
  interactions: ReadonlyMap<string, Changes['newInteractions'][number]>
  /** What came of interactions and scenarios, by what they are called and where they were tried. */
  states: ReadonlyMap<string, string>
}>

function outcomesOf({ sections: { interactions, scenarios } }: Report, systems: readonly string[]): Outcomes {
  const edges = interactions.filter(({ system }) => systems.includes(system))
  const all = edges.flatMap(({ edge, interactions: of }) =>
    of.map(({ description, replays }) => ({ edge, interaction: description, replays })),
  )
  const told = scenarios.filter(({ system }) => systems.includes(system))
  return {
    interactions: new Map(all.map(({ edge, interaction }) => [`${edge} ${interaction}`, { edge, interaction }])),
    states: new Map([
      ...all.flatMap(({ edge, interaction, replays }) =>
        replays.map(({ target, state }) => [`${edge}: ${interaction}, on ${target}`, state] as const),
      ),
      ...told.flatMap(({ story, tellings }) =>
        tellings.map(
          ({ target, passed }) => [`scenario: ${story}, on ${target}`, passed ? 'passed' : 'failed'] as const,
        ),
      ),
    ]),
  }
}

function changedFigures(previous: Report, report: Report): Changes['figures'] {
  const before = new Map(figureLines(previous.figures).map(({ name, value }) => [name, value]))
  return figureLines(report.figures).flatMap(({ name, value }) => {
    const was = before.get(name) ?? '-'
    return was === value ? [] : [{ name, before: was, after: value }]
  })
}
