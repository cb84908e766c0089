import { mkdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Report } from './data/report.ts'
import { reportPage } from './html/page.ts'
import { junitXml } from './junit/junit.ts'
import { commentMd } from './markdown/comment-md.ts'
import { summaryMd } from './markdown/summary-md.ts'

/** The files of a report by name. Each follows from the report alone. */
export const reportFiles: Readonly<Record<string, (report: Report) => string>> = {
  'report.json': (report) => `${JSON.stringify(report, null, 2)}\n`,
  'report.html': reportPage,
  'junit.xml': junitXml,
  'summary.md': (report) => summaryMd(report),
  'comment.md': commentMd,
}

/** Writes all files of a report into a folder, each in one step. Gives their paths. */
export async function writeReport(folder: string, report: Report): Promise<readonly string[]> {
  await mkdir(folder, { recursive: true })
  return Promise.all(
    Object.entries(reportFiles).map(async ([name, textOf]) => {
      const path = join(folder, name)
      const draft = `${path}.${process.pid}.tmp`
      await writeFile(draft, textOf(report))
      await rename(draft, path)
      return path
    }),
  )
}
