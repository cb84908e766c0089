import type { CommandTable } from '../command.ts'
import { integer } from '../numbers.ts'
import { CommandError, OK } from '../reply.ts'
import type { Reply } from '../reply.ts'
import type { Session } from '../server-state.ts'
import { SERVER_VERSION } from '../version.ts'

const NO_PASSWORD =
  'ERR AUTH <password> called without any password configured for the default user. Are you sure your configuration is correct?'

/** What concerns one connection. @see https://redis.io/docs/latest/commands/?group=connection */
export const connectionCommands: CommandTable = {
  auth: {
    min: 1,
    max: 2,
    run() {
      throw new CommandError(NO_PASSWORD)
    },
  },
  client: {
    min: 1,
    max: Infinity,
    run: ([subcommand = '', value = ''], { session }) => client(session, subcommand, value),
  },
  echo: { min: 1, run: ([message = '']) => message },
  hello: { min: 0, max: Infinity, run: (args, { session }) => hello(args, session) },
  ping: {
    min: 0,
    max: 1,
    whenSubscribed: true,
    run([message], { server, session }) {
      if (server.pubSub.count(session) > 0) return ['pong', message ?? '']
      return message ?? { kind: 'status', text: 'PONG' }
    },
  },
  quit: {
    min: 0,
    max: Infinity,
    inTransaction: 'runs',
    whenSubscribed: true,
    run(_, { session }) {
      session.ended = true
      return OK
    },
  },
  select: {
    min: 1,
    run([index = ''], { server, session }) {
      const database = integer(index)
      if (server.databases[database] === undefined) throw new CommandError('ERR DB index is out of range')
      session.database = database
      return OK
    },
  },
}

function client(session: Session, subcommand: string, value: string): Reply {
  switch (subcommand.toLowerCase()) {
    case 'id':
      return session.id
    case 'getname':
      return session.name === '' ? null : session.name
    case 'setname':
      session.name = value
      return OK
    case 'setinfo': // which library connects
      return OK
    default:
      throw new CommandError(`ERR unknown subcommand '${subcommand}'. Try CLIENT HELP.`)
  }
}

/** Speaks RESP2 only. A client that asks for RESP3 is told so in the standard way, and falls back. */
function hello([version]: readonly string[], session: Session): Reply {
  if (version !== undefined && version !== '2') throw new CommandError('NOPROTO unsupported protocol version')
  const identity = ['server', 'redis', 'version', SERVER_VERSION, 'proto', 2, 'id', session.id]
  return [...identity, 'mode', 'standalone', 'role', 'master', 'modules', []]
}
