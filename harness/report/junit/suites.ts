import type { PlacedFinding } from '../data/placed-finding.ts'
import { whereOf } from '../data/placed-finding.ts'
import type { Report } from '../data/report.ts'
import { verdictSentence } from '../data/verdict-words.ts'

/** A test suite of JUnit: what was tried in one place, as cases. */
export type Suite = Readonly<{ name: string; seconds?: number; cases: readonly Case[] }>

/** One case; it failed where it says with what. */
export type Case = Readonly<{
  name: string
  className: string
  failure?: Readonly<{ type: string; message: string; detail: string }>
}>

/**
 * A report as test suites: one for each edge and target with its interactions as cases, one for each target of stories, for
 * the faults and drifts of each edge, and one for the gate as a whole with what belongs to none of these.
 */
export function suitesOf(report: Report): readonly Suite[] {
  const { interactions, scenarios, survival, drifts } = report.sections
  return [
    ...interactions.flatMap((edge) =>
      edge.runs.map(({ target, milliseconds }) => replaySuite(edge, { target, seconds: milliseconds / 1000 })),
    ),
    ...storySuites(scenarios),
    ...survivalSuites(survival),
    ...drifts.map(driftSuite),
    gateSuite(report),
  ].filter(({ cases }) => cases.length > 0)
}

type Sections = Report['sections']

function replaySuite(
  { system, edge, interactions }: Sections['interactions'][number],
  { target, seconds }: Readonly<{ target: string; seconds: number }>,
): Suite {
  const name = `${system}: ${edge} on ${target}`
  const cases = interactions.map(({ description, replays }): Case => {
    const replay = replays.find((one) => one.target === target)
    const base = { name: description, className: name }
    if (replay?.state === 'same') return base
    const [message = `It was not replayed on ${target}.`] = replay?.differences ?? []
    const type = replay?.state === 'differs' ? 'differs' : 'not-replayed'
    return { ...base, failure: { type, message, detail: replay?.differences.join('\n') ?? '' } }
  })
  return { name, seconds, cases }
}

function storySuites(scenarios: Sections['scenarios']): readonly Suite[] {
  const tellings = scenarios.flatMap(({ system, story, tellings: all }) =>
    all.map((telling) => ({ suite: `${system}: scenarios on ${telling.target}`, story, ...telling })),
  )
  return [...Map.groupBy(tellings, ({ suite }) => suite)].map(([name, told]) => ({
    name,
    seconds: told.reduce((sum, { milliseconds = 0 }) => sum + milliseconds, 0) / 1000,
    cases: told.map(({ story, passed }) => ({
      name: story,
      className: name,
      ...(!passed && { failure: { type: 'scenario-failed', message: `"${story}" failed.`, detail: '' } }),
    })),
  }))
}

function survivalSuites(survival: Sections['survival']): readonly Suite[] {
  return [...Map.groupBy(survival, ({ system, edge }) => `${system}: ${edge} survives`)].map(([name, trials]) => ({
    name,
    cases: trials.map(({ interaction, fault, survived, detail }) => ({
      name: `${interaction}: ${fault}`,
      className: name,
      ...(!survived && { failure: { type: 'fault-not-survived', message: detail, detail } }),
    })),
  }))
}

function driftSuite({ system, edge, target, drifts, harmless }: Sections['drifts'][number]): Suite {
  const name = `${system}: drifts of ${edge} on ${target}`
  const missed = drifts.map(({ name: drift, caught, detail }): Case => ({
    name: drift,
    className: name,
    ...(!caught && { failure: { type: 'drift-missed', message: 'The drift was not found.', detail } }),
  }))
  const alarms = harmless.map(({ name: change, alarmed, detail }): Case => ({
    name: `harmless: ${change}`,
    className: name,
    ...(alarmed && { failure: { type: 'drift-false-alarm', message: 'A harmless change raised an alarm.', detail } }),
  }))
  return { name, cases: [...missed, ...alarms] }
}

/** The verdict itself, and findings that no interaction, story, fault or drift stands for. */
function gateSuite(report: Report): Suite {
  const name = 'gate'
  const others = report.findings.filter((finding) => finding.severity === 'error' && !isTold(finding))
  const verdict: Case = {
    name: 'verdict',
    className: name,
    ...(report.verdict !== 'green' && {
      failure: { type: report.verdict.replaceAll(' ', '-'), message: verdictSentence(report), detail: '' },
    }),
  }
  const cases = others.map((finding): Case => ({
    name: `${finding.code}: ${whereOf(finding)}`,
    className: name,
    failure: { type: finding.code, message: finding.message, detail: finding.fix },
  }))
  return { name, seconds: report.figures.seconds, cases: [verdict, ...cases] }
}

function isTold({ code, interaction, target }: PlacedFinding): boolean {
  return ['fault-not-survived', 'drift-missed', 'drift-false-alarm'].includes(code) || Boolean(interaction && target)
}
