import { readFile } from 'node:fs/promises'
import { Report } from './data/report.ts'

/** A file that is no report of this version. */
export class InvalidReport extends Error {
  override readonly name = 'InvalidReport'
}

/**
 * Reads a report.json.
 * @throws InvalidReport where it is not there, no JSON, or of another shape, with the first place that differs.
 */
export async function readReport(file: string): Promise<Report> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new InvalidReport(`${file} cannot be read: ${error.code ?? error.message}. Name a report.json of a gate.`)
  })
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new InvalidReport(`${file} cannot be read: it is no JSON. Name a report.json of a gate.`)
  }
  const parsed = Report.safeParse(value)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const place = issue?.path.map(String).join('.') || 'the document'
  throw new InvalidReport(
    `${file} is no report that can be read: ${place}: ${issue?.message}. Let the gate write it again.`,
  )
}
