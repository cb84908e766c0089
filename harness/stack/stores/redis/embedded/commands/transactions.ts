import type { CommandTable } from '../command.ts'
import { CommandError, OK } from '../reply.ts'
import { runCommand } from '../run-command.ts'

/** Several commands as one. WATCH is not there. @see https://redis.io/docs/latest/commands/?group=transactions */
export const transactionCommands: CommandTable = {
  multi: {
    min: 0,
    inTransaction: 'runs',
    run(_, { session }) {
      if (session.queue !== undefined) throw new CommandError('ERR MULTI calls can not be nested')
      session.queue = { commands: [], broken: false }
      return OK
    },
  },
  exec: {
    min: 0,
    inTransaction: 'runs',
    run(_, { session, server }) {
      const { queue } = session
      if (queue === undefined) throw new CommandError('ERR EXEC without MULTI')
      session.queue = undefined
      if (queue.broken) throw new CommandError('EXECABORT Transaction discarded because of previous errors.')
      return queue.commands.map(({ command, args }) => runCommand(command, args, { session, server }))
    },
  },
  discard: {
    min: 0,
    inTransaction: 'runs',
    run(_, { session }) {
      if (session.queue === undefined) throw new CommandError('ERR DISCARD without MULTI')
      session.queue = undefined
      return OK
    },
  },
}
