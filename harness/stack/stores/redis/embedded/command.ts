import type { Keyspace } from './keyspace.ts'
import type { Reply } from './reply.ts'
import type { ServerState, Session } from './server-state.ts'

/** Where a command runs. `db` is the database that the connection has selected. */
export type CommandContext = { server: ServerState; session: Session; db: Keyspace }

/** One command of Redis. */
export type Command = {
  /** How many arguments it takes, without its name. `max` is `min` unless given. */
  min: number
  max?: number
  /** Runs at once even after MULTI, which queues all others. */
  inTransaction?: 'runs'
  /** A connection that subscribed to something accepts nothing but these. */
  whenSubscribed?: true
  /** Returns what to answer. @throws CommandError */
  run(args: readonly string[], context: CommandContext): Reply
}

export type CommandTable = Readonly<Record<string, Command>>
