import { CommandError } from './reply.ts'

/** Arguments taken two by two. @throws CommandError, naming the command, when one is left over */
export function pairs(args: readonly string[], command: string): [string, string][] {
  if (args.length % 2 !== 0) throw new CommandError(`ERR wrong number of arguments for '${command}' command`)
  return Array.from({ length: args.length / 2 }, (_, index) => [args[2 * index] ?? '', args[2 * index + 1] ?? ''])
}
