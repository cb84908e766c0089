import { dirname, relative, resolve } from 'node:path'
import { UsageError } from '#harness/project/usage-error.ts'
import { InvalidReport, readReport } from '#harness/report/read-report.ts'
import { writeReport } from '#harness/report/report-files.ts'
import { reportSchemaText } from '#harness/report/report-schema.ts'
import { command, common, type Command, type CommandResult } from '../command.ts'
import { exitCodes } from '../exit-code.ts'

/** `concordat report`: the files of a report, out of its report.json. */
export const report: Command = command(
  {
    file: { type: 'positional', required: false, description: 'The report.json to render.' },
    out: { type: 'string', valueHint: 'folder', description: 'Where the files go. Default: beside the report.json.' },
    schema: { type: 'boolean', description: 'Print the JSON Schema of report.json instead.' },
    json: common.json,
  },
  async ({ file, out, schema }): Promise<CommandResult> => {
    if (schema === true) return printed(reportSchemaText())
    if (file === undefined) throw new UsageError('concordat report: there is nothing to render. Name a report.json.')
    const read = await readReport(resolve(file)).catch((error: unknown) => {
      throw error instanceof InvalidReport ? new UsageError(`concordat report: ${error.message}`) : error
    })
    const written = await writeReport(out === undefined ? dirname(resolve(file)) : resolve(out), read)
    const files = written.map((path) => relative(process.cwd(), path))
    return { exitCode: exitCodes.ok, findings: [], lines: files, data: { verdict: read.verdict, files } }
  },
)

function printed(text: string): CommandResult {
  return {
    exitCode: exitCodes.ok,
    findings: [],
    lines: [text.trimEnd()],
    data: { schema: JSON.parse(text) as unknown },
  }
}
