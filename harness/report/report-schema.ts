import { z } from 'zod'
import { Report } from './data/report.ts'

/** The JSON Schema (2020-12) of report.json, as it is published in docs/report.schema.json. Further fields are allowed. */
export function reportSchemaText(): string {
  const schema = z.toJSONSchema(Report, { target: 'draft-2020-12', io: 'input' })
  return `${JSON.stringify({ title: 'Report of a Concordat gate', ...schema }, null, 2)}\n`
}
