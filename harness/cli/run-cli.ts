import type { Finding } from '#harness/contract/finding.ts'
import type { CommandResult } from './command.ts'
import { exitCodeOfError, exitCodes, type ExitCode } from './exit-code.ts'
import { findCommand } from './find-command.ts'
import { toStandardOutput } from './standard-output.ts'
import { usageText } from './usage.ts'

type Print = (text: string) => void

/** Runs a command line and prints what came of it. Gives the exit code. */
export async function runCli(argv: readonly string[]): Promise<ExitCode> {
  const json = argv.includes('--json')
  const print = json ? keepStandardOutput() : (text: string) => void process.stdout.write(text)
  let name = argv[0] ?? ''
  let indent = 2
  try {
    const found = findCommand(argv)
    if (!found || argv.includes('--help') || argv.includes('-h')) {
      print(`${await usageText(found)}\n`)
      return found || argv.length > 0 ? exitCodes.ok : exitCodes.usage
    }
    name = found.name
    const command = await found.entry.load()
    if (command.printsJsonLines) indent = 0
    return printResult(name, await command.run(name, found.rawArgs), { json, print, indent })
  } catch (error) {
    return printError(name, error, { json, print, indent, verbose: argv.includes('--verbose') })
  }
}

/** From now on standard output goes to standard error, whoever writes it; gives what still writes to standard output. */
function keepStandardOutput(): Print {
  process.stdout.write = process.stderr.write.bind(process.stderr) as typeof process.stdout.write
  return toStandardOutput
}

type Output = Readonly<{ json: boolean; print: Print; indent: number }>

function printResult(name: string, result: CommandResult, { json, print, indent }: Output): ExitCode {
  const { exitCode, findings, lines, data } = result
  if (json) print(documentOf({ command: name, exitCode, findings, ...data }, indent))
  else if (lines.length > 0) print(`${lines.join('\n')}\n`)
  return exitCode
}

type ErrorOutput = Output & Readonly<{ verbose: boolean }>

function printError(name: string, error: unknown, { json, print, indent, verbose }: ErrorOutput): ExitCode {
  const exitCode = exitCodeOfError(error)
  const message = error instanceof Error ? error.message : String(error)
  process.stderr.write(`${message}\n`)
  if (verbose && error instanceof Error) process.stderr.write(`${error.stack}\n`)
  if (json) print(documentOf({ command: name, exitCode, findings: findingsOf(error), error: message }, indent))
  return exitCode
}

type Document = Readonly<{ command: string; exitCode: ExitCode; findings: readonly Finding[]; error?: string }>

function documentOf({ command, exitCode, ...rest }: Document, indent: number): string {
  return `${JSON.stringify({ command, ok: exitCode === exitCodes.ok, exitCode, ...rest }, null, indent)}\n`
}

/** An unreadable pact is a finding wherever it turns up. By name: its module is more than help should load. */
function findingsOf(error: unknown): readonly Finding[] {
  if (!(error instanceof Error) || error.name !== 'InvalidPact') return []
  return [{ code: 'pact-invalid', severity: 'error', message: error.message, fix: 'Record it again.' }]
}
