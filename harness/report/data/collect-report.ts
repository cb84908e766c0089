import type { Gated } from '#harness/gate/run-gate.ts'
import { readPlaces, type Places } from '../places/places.ts'
import { redacted, redaction, type Redact } from '../redact/redact.ts'
import { collectSections } from '../sections/sections.ts'
import { changesSince } from './changes-since.ts'
import { placeFinding } from './place-finding.ts'
import { Report } from './report.ts'
import { describeRun, type RunData } from './run.ts'

/** What a report is drawn from. */
export type Reported = Pick<Gated, 'verdict' | 'evidence' | 'systems'>

export type CollectOptions = Readonly<{
  /** The project's folder. */
  root: string
  /** The report of the run before, to say what changed. */
  previous?: Report | undefined
  run?: RunData
  redact?: Redact
}>

/** So much of what a failed test said is kept. */
const longestMessage = 4_000
/** What is longer is not even searched for secrets, of which half might be left over then. */
const longestRead = 20_000

/** Draws a report from what a gate came to. No text of it holds a secret: see redact.ts. */
export async function collectReport(outcome: Reported, options: CollectOptions): Promise<Report> {
  const { verdict, evidence, systems } = outcome
  const { root, previous, redact = redaction() } = options
  const names = systems.map(({ name }) => name)
  const read = await Promise.all(systems.map(async (system) => [system.name, await readPlaces(root, system)] as const))
  const places: ReadonlyMap<string, Places> = new Map(read)
  const report: Report = {
    version: 1,
    verdict: verdict.kind,
    run: options.run ?? (await describeRun(root, names)),
    figures: {
      ...verdict.summary,
      alsoReplayed: [...verdict.summary.alsoReplayed],
      stores: [...verdict.summary.stores],
    },
    findings: verdict.findings.map((finding) =>
      placeFinding(finding, { edges: evidence.edges, places, failures: verdict.failures }),
    ),
    failures: verdict.failures.map(({ file, titles, message }) => ({
      file,
      titles: [...titles],
      message: message.slice(0, longestRead),
    })),
    sections: collectSections({ verdict, evidence, systems, places }),
  }
  const clean = shortened(redacted(report, redact))
  const changes = previous && redacted(changesSince(previous, clean), redact)
  return Report.parse({ ...clean, ...(changes && { changes }) })
}

function shortened(report: Report): Report {
  const failures = report.failures.map((failure) =>
    failure.message.length <= longestMessage
      ? failure
      : { ...failure, message: `${failure.message.slice(0, longestMessage)}\n… the rest is left out` },
  )
  return { ...report, failures }
}
