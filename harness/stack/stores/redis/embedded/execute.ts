import type { Command } from './command.ts'
import { connectionCommands } from './commands/connection.ts'
import { expiryCommands } from './commands/expiry.ts'
import { hashCommands } from './commands/hashes.ts'
import { keyCommands } from './commands/keys.ts'
import { listCommands } from './commands/lists.ts'
import { pubSubCommands } from './commands/pub-sub.ts'
import { serverCommands } from './commands/server.ts'
import { setCommands } from './commands/sets.ts'
import { sortedSetCommands } from './commands/sorted-sets.ts'
import { stringCommands } from './commands/strings.ts'
import { transactionCommands } from './commands/transactions.ts'
import { CommandError } from './reply.ts'
import { runCommand } from './run-command.ts'
import type { Reply } from './reply.ts'
import type { ServerState, Session } from './server-state.ts'

const COMMANDS: ReadonlyMap<string, Command> = new Map(
  Object.entries({
    ...connectionCommands,
    ...expiryCommands,
    ...hashCommands,
    ...keyCommands,
    ...listCommands,
    ...pubSubCommands,
    ...serverCommands,
    ...setCommands,
    ...sortedSetCommands,
    ...stringCommands,
    ...transactionCommands,
  }),
)

const SHOWN_ARGUMENTS_LENGTH = 128

/** Carries out one request of a connection. Returns what to answer. */
export function execute(words: readonly string[], session: Session, server: ServerState): Reply {
  const [name = '', ...args] = words
  try {
    const command = findCommand(name, args)
    return runOrQueue(command, args, { name, session, server })
  } catch (error) {
    if (!(error instanceof CommandError)) throw error
    if (session.queue !== undefined) session.queue.broken = true
    return { kind: 'error', text: error.message }
  }
}

function findCommand(name: string, args: readonly string[]): Command {
  const command = COMMANDS.get(name.toLowerCase())
  if (command === undefined) throw new CommandError(unknownCommand(name, args))
  if (args.length < command.min || args.length > (command.max ?? command.min)) {
    throw new CommandError(`ERR wrong number of arguments for '${name.toLowerCase()}' command`)
  }
  return command
}

type Request = { name: string; session: Session; server: ServerState }

function runOrQueue(command: Command, args: readonly string[], { name, session, server }: Request): Reply {
  if (server.pubSub.count(session) > 0 && command.whenSubscribed === undefined) {
    const allowed = '(P|S)SUBSCRIBE / (P|S)UNSUBSCRIBE / PING / QUIT / RESET are allowed in this context'
    throw new CommandError(`ERR Can't execute '${name.toLowerCase()}': only ${allowed}`)
  }
  if (session.queue === undefined || command.inTransaction === 'runs')
    return runCommand(command, args, { session, server })
  session.queue.commands.push({ command, args })
  return { kind: 'status', text: 'QUEUED' }
}

function unknownCommand(name: string, args: readonly string[]): string {
  let shown = ''
  for (const arg of args) {
    if (shown.length >= SHOWN_ARGUMENTS_LENGTH) break
    shown += `'${arg.slice(0, SHOWN_ARGUMENTS_LENGTH - shown.length)}' `
  }
  return `ERR unknown command '${name.slice(0, SHOWN_ARGUMENTS_LENGTH)}', with args beginning with: ${shown}`
}
