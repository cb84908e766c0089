import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { reportSchemaText } from './report-schema.ts'
import { allWrong, reportOf } from './testing/example-report.ts'

const published = join(import.meta.dirname, '../../docs/report.schema.json')

test('the published schema is current; else: npm run -s concordat -- report --schema > docs/report.schema.json', async () => {
  expect(JSON.parse(await readFile(published, 'utf8'))).toEqual(JSON.parse(reportSchemaText()))
})

test('a report is as the published schema says, and what is not is refused', async () => {
  const schema = z.fromJSONSchema(JSON.parse(await readFile(published, 'utf8')))
  const before = await reportOf()
  const report = JSON.parse(JSON.stringify(await reportOf(allWrong('so'), before)))
  expect(report.changes.newFindings.length).toBeGreaterThan(0)
  expect(schema.safeParse(report).error?.issues).toBeUndefined()
  expect(schema.safeParse({ ...report, sections: { ...report.sections, interactions: [{}] } }).success).toBe(false)
  expect(schema.safeParse({ ...report, verdict: 'orange' }).success).toBe(false)
})
