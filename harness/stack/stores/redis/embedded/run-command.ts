import type { Command } from './command.ts'
import { CommandError } from './reply.ts'
import type { Reply } from './reply.ts'
import type { ServerState, Session } from './server-state.ts'

/** Runs a command now. What it throws as CommandError is its answer. */
export function runCommand(
  command: Command,
  args: readonly string[],
  where: { session: Session; server: ServerState },
): Reply {
  const { session, server } = where
  const db = server.databases[session.database]
  if (db === undefined) throw new RangeError(`There is no database ${session.database}.`)
  try {
    return command.run(args, { session, server, db })
  } catch (error) {
    if (error instanceof CommandError) return { kind: 'error', text: error.message }
    throw error
  }
}
