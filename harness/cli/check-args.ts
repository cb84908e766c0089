import type { ArgsDef } from 'citty'
import { UsageError } from '#harness/project/usage-error.ts'
import { didYouMean } from './nearest.ts'

/**
 * Refuses what citty lets pass: flags that a command does not have, flags without their value, too many arguments.
 * @throws UsageError that names the nearest flag.
 */
export function checkArgs(name: string, rawArgs: readonly string[], args: ArgsDef): void {
  const { flags, positionals } = splitArgs(name, rawArgs, args)
  for (const { flag, value } of flags) {
    if (takesValue(args, flag) && !value)
      throw new UsageError(`concordat ${name}: --${flag} needs a value. See "concordat ${name} --help".`)
  }
  const known = Object.values(args).filter(({ type }) => type === 'positional').length
  const extra = positionals[known]
  if (extra !== undefined)
    throw new UsageError(`concordat ${name}: "${extra}" is one argument too many. See "concordat ${name} --help".`)
}

/** All values of a flag that may be given more than once, in order: citty keeps the last one alone. */
export function valuesOf(rawArgs: readonly string[], args: ArgsDef, flag: string): readonly string[] {
  return splitArgs('', rawArgs, args).flags.flatMap((given) =>
    given.flag === flag && given.value ? [given.value] : [],
  )
}

type Flag = Readonly<{ flag: string; value: string | undefined }>

function splitArgs(
  name: string,
  rawArgs: readonly string[],
  args: ArgsDef,
): { flags: readonly Flag[]; positionals: readonly string[] } {
  const flags: Flag[] = []
  const positionals: string[] = []
  for (let index = 0; index < rawArgs.length; index++) {
    const given = rawArgs[index] ?? ''
    if (!given.startsWith('-')) {
      positionals.push(given)
      continue
    }
    const [written = '', ...rest] = given.split('=')
    const flag = declaredFlag(name, written, args)
    const following = rawArgs[index + 1]
    const takesNext =
      takesValue(args, flag) && rest.length === 0 && following !== undefined && !following.startsWith('-')
    flags.push({ flag, value: takesNext ? following : rest.join('=') })
    if (takesNext) index++
  }
  return { flags, positionals }
}

/** The flag as it is declared: `--max-workers` and `--maxWorkers` are one. */
function declaredFlag(name: string, written: string, args: ArgsDef): string {
  const names = Object.keys(args).filter((candidate) => args[candidate]?.type !== 'positional')
  const wanted = written.replace(/^--?/, '')
  const found = names.find((candidate) => plain(candidate) === plain(wanted))
  if (found !== undefined && written.startsWith('--')) return found
  const hint = didYouMean(
    written,
    names.map((candidate) => `--${candidate}`),
  )
  throw new UsageError(`concordat ${name}: there is no flag "${written}".${hint} See "concordat ${name} --help".`)
}

function plain(flag: string): string {
  return flag.replaceAll('-', '').toLowerCase()
}

function takesValue(args: ArgsDef, flag: string): boolean {
  return args[flag]?.type === 'string' || args[flag]?.type === 'enum'
}
