import { join, resolve } from 'node:path'
import { describeFinding, type Finding } from '#harness/contract/finding.ts'
import type { System } from '#harness/contract/system.ts'
import { projectRoot } from '#harness/project/paths.ts'
import { loadSystems } from '#harness/project/systems.ts'
import { UsageError } from '#harness/project/usage-error.ts'
import { generatedMark } from '#harness/spec/generated-file.ts'
import { checkExport, writeExport, type Export } from '#harness/spec/generated-folder.ts'
import { command, common, type Command, type CommandResult } from '../command.ts'
import { exitCodeOfFindings, exitCodes } from '../exit-code.ts'
import { loadExporter } from '../export/exporters.ts'
import { loadSchemaNames } from '#harness/spec/load-schema-names.ts'

/** `concordat export`: documents, references and clients out of the contracts. */
export const exportCommand: Command = command(
  {
    what: {
      type: 'positional',
      required: true,
      description:
        'compose (live services, and mocks), msw (mocks for pages elsewhere), openapi (documents), python (clients) or reference (a page to read in).',
    },
    system: { type: 'positional', required: false, description: 'The system; without one, all of them.' },
    out: {
      type: 'string',
      valueHint: 'folder',
      description:
        'Where it goes. Default: compose, docs/api, clients, .concordat/msw and .concordat/reference, by system.',
    },
    check: { type: 'boolean', description: 'Write nothing; say what is missing, differs or is left over.' },
    json: common.json,
    verbose: common.verbose,
  },
  async ({ what, system, out, check, verbose }) => {
    if (out !== undefined && system === undefined)
      throw new UsageError('concordat export: one folder holds one system. Name the system before --out.')
    const exporter = await loadExporter(what)
    const all: Export[] = []
    for (const loaded of await loadSystems(system)) {
      const files = await exporter.files(loaded, await loadSchemaNames(loaded.name))
      const folder = out === undefined ? join(projectRoot, exporter.folder(loaded.name)) : resolve(out)
      all.push({ folder, files, ...namesOf(what, loaded, out) })
    }
    return check ? checked(all) : written(all, verbose === true)
  },
)

function namesOf(what: string, { name }: System, out: string | undefined): Pick<Export, 'mark' | 'command' | 'system'> {
  const place = out === undefined ? '' : ` --out ${out}`
  return {
    mark: generatedMark(what, name),
    command: `npm run concordat -- export ${what} ${name}${place}`,
    system: name,
  }
}

async function checked(all: readonly Export[]): Promise<CommandResult> {
  const findings: Finding[] = []
  for (const made of all) findings.push(...(await checkExport(made, projectRoot)))
  const count = all.reduce((sum, { files }) => sum + files.length, 0)
  return {
    exitCode: exitCodeOfFindings(findings),
    findings,
    lines: findings.length === 0 ? [`${count} files are current.`] : findings.map(describeFinding),
    data: { exports: all.map(({ system, folder, files }) => ({ system, folder, files: files.length })) },
  }
}

async function written(all: readonly Export[], verbose: boolean): Promise<CommandResult> {
  const lines: string[] = []
  const exports: Record<string, unknown>[] = []
  for (const made of all) {
    const { written: changed, removed } = await writeExport(made)
    const counts = `${made.files.length} files, ${changed.length} written, ${removed.length} removed`
    lines.push(`${made.system}: ${made.folder}: ${counts}`)
    if (verbose)
      lines.push(...changed.map((path) => `  written ${path}`), ...removed.map((path) => `  removed ${path}`))
    exports.push({ system: made.system, folder: made.folder, files: made.files.length, written: changed, removed })
  }
  return { exitCode: exitCodes.ok, findings: [], lines, data: { exports } }
}
