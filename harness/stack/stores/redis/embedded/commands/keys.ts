import type { CommandTable } from '../command.ts'
import { globToRegExp } from '../glob.ts'
import type { Keyspace } from '../keyspace.ts'
import { CommandError, OK } from '../reply.ts'
import type { Reply } from '../reply.ts'
import { scanKeys } from '../scan.ts'

/** Keys of any type. @see https://redis.io/docs/latest/commands/?group=generic */
export const keyCommands: CommandTable = {
  del: { min: 1, max: Infinity, run: deleteKeys },
  unlink: { min: 1, max: Infinity, run: deleteKeys },
  exists: { min: 1, max: Infinity, run: (keys, { db }) => keys.filter((key) => db.get(key) !== undefined).length },
  type: { min: 1, run: ([key = ''], { db }) => ({ kind: 'status', text: db.get(key)?.type ?? 'none' }) },
  keys: {
    min: 1,
    run([pattern = ''], { db }) {
      const matcher = globToRegExp(pattern)
      return db.keys().filter((key) => matcher.test(key))
    },
  },
  rename: {
    min: 2,
    run([from = '', to = ''], { db }) {
      const [value, expiresAt] = [db.get(from), db.expiresAt(from)]
      if (value === undefined) throw new CommandError('ERR no such key')
      db.delete(from)
      db.set(to, value, expiresAt)
      return OK
    },
  },
  scan: { min: 1, max: Infinity, run: ([cursor = '', ...options], { db }) => scanKeys(db, cursor, options) },
}

function deleteKeys(keys: readonly string[], { db }: { db: Keyspace }): Reply {
  return keys.filter((key) => db.delete(key)).length
}
