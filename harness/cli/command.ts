import { stripVTControlCharacters } from 'node:util'
import { parseArgs, type ArgsDef, type ParsedArgs } from 'citty'
import type { Finding } from '#harness/contract/finding.ts'
import { UsageError } from '#harness/project/usage-error.ts'
import { checkArgs } from './check-args.ts'
import type { ExitCode } from './exit-code.ts'

/** What a command found out: `lines` for people, `data` beside the findings for `--json`. */
export type CommandResult = Readonly<{
  exitCode: ExitCode
  findings: readonly Finding[]
  lines: readonly string[]
  data?: Readonly<Record<string, unknown>>
}>

/** One command of the command line. Its name and description are in `commands.ts`. */
export type Command = Readonly<{
  args: ArgsDef
  /** With --json it prints one object in a line for each thing that happens, its document at the end in one line too. */
  printsJsonLines?: boolean
  run: (name: string, rawArgs: readonly string[]) => Promise<CommandResult>
}>

/** Declares a command. Arguments that it does not have are refused before it runs. */
export function command<const A extends ArgsDef>(
  args: A,
  run: (args: ParsedArgs<A>, rawArgs: readonly string[]) => Promise<CommandResult>,
): Command {
  return {
    args,
    run(name, rawArgs) {
      checkArgs(name, rawArgs, args)
      return run(parse(name, rawArgs, args), rawArgs)
    },
  }
}

function parse<A extends ArgsDef>(name: string, rawArgs: readonly string[], args: A): ParsedArgs<A> {
  try {
    return parseArgs<A>([...rawArgs], args)
  } catch (error) {
    // What citty throws is what the user got wrong; it colours its messages whatever the output is.
    const message = stripVTControlCharacters(error instanceof Error ? error.message : String(error))
    throw new UsageError(`concordat ${name}: ${message.replace(/\.$/, '')}. See "concordat ${name} --help".`)
  }
}

/** Flags that several commands have. */
export const common = {
  json: { type: 'boolean', description: 'Print one JSON document on standard output, and nothing else there.' },
  verbose: { type: 'boolean', description: 'Say what happens, line by line.' },
  system: { type: 'string', valueHint: 'system', description: 'Only this system.' },
} as const satisfies ArgsDef
