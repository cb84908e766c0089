import type { CommandTable } from '../command.ts'

/** Members without order. @see https://redis.io/docs/latest/commands/?group=set */
export const setCommands: CommandTable = {
  sadd: {
    min: 2,
    max: Infinity,
    run: ([key = '', ...added], { db }) =>
      db.change(key, 'set', ({ members }) => {
        const before = members.size
        for (const member of added) members.add(member)
        return members.size - before
      }),
  },
  srem: {
    min: 2,
    max: Infinity,
    run: ([key = '', ...removed], { db }) =>
      db.change(key, 'set', ({ members }) => removed.filter((member) => members.delete(member)).length),
  },
  smembers: { min: 1, run: ([key = ''], { db }) => [...(db.read(key, 'set')?.members ?? [])] },
  sismember: { min: 2, run: ([key = '', member = ''], { db }) => (db.read(key, 'set')?.members.has(member) ? 1 : 0) },
  scard: { min: 1, run: ([key = ''], { db }) => db.read(key, 'set')?.members.size ?? 0 },
}
