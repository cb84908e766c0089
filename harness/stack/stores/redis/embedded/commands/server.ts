import type { CommandContext, CommandTable } from '../command.ts'
import { CommandError, OK, SYNTAX_ERROR } from '../reply.ts'
import { SERVER_VERSION } from '../version.ts'

type Section = (context: CommandContext) => Record<string, string | number>

/** What INFO tells: the fields that clients look at before they use a server. */
const SECTIONS: Readonly<Record<string, Section>> = {
  Server: ({ server }) => ({
    redis_version: SERVER_VERSION,
    redis_mode: 'standalone',
    server_name: 'concordat',
    process_id: process.pid,
    uptime_in_seconds: Math.floor((Date.now() - server.startedAt) / 1_000),
  }),
  Clients: ({ server }) => ({ connected_clients: server.sessions.size }),
  Persistence: () => ({ loading: 0 }),
  Replication: () => ({ role: 'master', connected_slaves: 0 }),
  Keyspace: ({ server }) =>
    Object.fromEntries(
      server.databases
        .map((db, index) => [`db${index}`, db.keys()] as const)
        .filter(([, keys]) => keys.length > 0)
        .map(([name, keys]) => [name, `keys=${keys.length}`]),
    ),
}

/** What concerns the whole server. @see https://redis.io/docs/latest/commands/?group=server */
export const serverCommands: CommandTable = {
  dbsize: { min: 0, run: (_, { db }) => db.keys().length },
  flushdb: {
    min: 0,
    max: 1,
    run([mode], { db }) {
      checkFlushMode(mode)
      db.clear()
      return OK
    },
  },
  flushall: {
    min: 0,
    max: 1,
    run([mode], { server }) {
      checkFlushMode(mode)
      for (const db of server.databases) db.clear()
      return OK
    },
  },
  info: { min: 0, max: Infinity, run: (sections, context) => info(sections, context) },
}

function checkFlushMode(mode: string | undefined): void {
  if (mode !== undefined && !/^(a?sync)$/i.test(mode)) throw new CommandError(SYNTAX_ERROR)
}

function info(wanted: readonly string[], context: CommandContext): string {
  const names = wanted.map((name) => name.toLowerCase())
  const isWanted = (name: string): boolean =>
    names.length === 0 || names.some((each) => ['all', 'default', 'everything', name.toLowerCase()].includes(each))
  return Object.entries(SECTIONS)
    .filter(([name]) => isWanted(name))
    .map(([name, fields]) => [
      `# ${name}`,
      ...Object.entries(fields(context)).map(([key, value]) => `${key}:${value}`),
      '',
    ])
    .map((lines) => lines.join('\r\n'))
    .join('\r\n')
}
