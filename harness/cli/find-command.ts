import { UsageError } from '#harness/project/usage-error.ts'
import { commands, type CommandEntry } from './commands.ts'
import { didYouMean } from './nearest.ts'

export type FoundCommand = Readonly<{ name: string; entry: CommandEntry; rawArgs: readonly string[] }>

/**
 * The command that the first words name, and the arguments after it; undefined where there is none, or help in its place.
 * @throws UsageError with the nearest name where there is no such command.
 */
export function findCommand(argv: readonly string[]): FoundCommand | undefined {
  const [first, second = ''] = argv
  if (first === undefined || first === '--help' || first === '-h') return undefined
  for (const name of [`${first} ${second}`, first]) {
    const entry = Object.hasOwn(commands, name) ? commands[name] : undefined
    if (entry) return { name, entry, rawArgs: argv.slice(name.split(' ').length) }
  }
  const names = Object.keys(commands)
  const group = names.filter((name) => name.startsWith(`${first} `))
  if (group.length > 0) throw new UsageError(`concordat ${first}: say what: ${group.join(', ')}.`)
  if (first.startsWith('-')) throw new UsageError(`"${first}" comes after a command. See "concordat --help".`)
  throw new UsageError(`there is no command "${first}".${didYouMean(first, names)} See "concordat --help".`)
}
