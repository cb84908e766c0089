import { existsSync } from 'node:fs'
import { appendFile, stat } from 'node:fs/promises'
import { join, relative, resolve } from 'node:path'
import type { Gated } from '#harness/gate/run-gate.ts'
import { paths, projectRoot } from '#harness/project/paths.ts'
import { UsageError } from '#harness/project/usage-error.ts'
import { collectReport } from '#harness/report/data/collect-report.ts'
import type { Report } from '#harness/report/data/report.ts'
import { mostSummaryBytes, summaryMd } from '#harness/report/markdown/summary-md.ts'
import { InvalidReport, readReport } from '#harness/report/read-report.ts'
import { writeReport } from '#harness/report/report-files.ts'

/** Where a gate puts its report, and what it is compared with. */
export type ReportPlan = Readonly<{ folder: string; previous: Report | undefined }>

/** Where reports go unless told. */
export function defaultReportFolder(): string {
  return join(paths.scratch(), 'report')
}

type Flags = Readonly<{ report: string | undefined; previous: string | undefined }>

/**
 * Decides, before anything runs, whether there will be a report: where a folder is named, and always in CI. The run before is
 * the one that is named, else the one whose report lies in the folder.
 * @throws UsageError where the report to compare with is named and cannot be read, or nothing is written to compare.
 */
export async function planReport({ report, previous }: Flags, env: NodeJS.ProcessEnv): Promise<ReportPlan | undefined> {
  if (report === undefined && !isCi(env)) {
    if (previous !== undefined)
      throw new UsageError('concordat gate: --previous is compared with a report. Name its folder with --report.')
    return undefined
  }
  const folder = report === undefined ? defaultReportFolder() : resolve(report)
  return { folder, previous: previous === undefined ? await lastReport(folder) : await namedReport(previous) }
}

function isCi({ CI, GITHUB_ACTIONS }: NodeJS.ProcessEnv): boolean {
  return (CI !== undefined && CI !== '' && CI !== 'false') || GITHUB_ACTIONS === 'true'
}

async function namedReport(file: string): Promise<Report> {
  return readReport(resolve(file)).catch((error: unknown) => {
    if (error instanceof InvalidReport) throw new UsageError(`concordat gate: ${error.message}`)
    throw error
  })
}

/** A report of an older version is as good as none. */
async function lastReport(folder: string): Promise<Report | undefined> {
  const file = join(folder, 'report.json')
  if (!existsSync(file)) return undefined
  return readReport(file).catch(() => undefined)
}

/** A report that was written, and by which paths from here. */
export type WrittenReport = Readonly<{ report: Report; folder: string; files: readonly string[] }>

/** Writes the report of a gate, and its summary to where GitHub takes it from, if it runs there. */
export async function writeGateReport(
  outcome: Gated,
  { folder, previous }: ReportPlan,
  env: NodeJS.ProcessEnv,
): Promise<WrittenReport> {
  const report = await collectReport(outcome, { root: projectRoot, previous })
  const files = await writeReport(folder, report)
  const step = env['GITHUB_STEP_SUMMARY']
  if (step) await appendSummary(step, report)
  return { report, folder, files: files.map((file) => relative(process.cwd(), file)) }
}

/** Room for the verdict and its figures; where there is less, nothing is added. */
const leastSummaryBytes = 4096

/** What is in the summary of the step already counts towards what GitHub takes. */
async function appendSummary(file: string, report: Report): Promise<void> {
  const there = await stat(file).then(
    ({ size }) => size,
    () => 0,
  )
  const left = mostSummaryBytes - there - 1
  if (left >= leastSummaryBytes) await appendFile(file, summaryMd(report, left))
}
