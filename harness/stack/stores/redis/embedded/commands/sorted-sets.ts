import type { CommandTable } from '../command.ts'
import { formatFloat } from '../numbers.ts'
import { addMembers } from '../sorted-set-add.ts'
import { ranked, readRange, scoreFilter, withScores } from '../sorted-set-range.ts'

/** Members with a score, in its order. @see https://redis.io/docs/latest/commands/?group=sorted-set */
export const sortedSetCommands: CommandTable = {
  zadd: { min: 3, max: Infinity, run: ([key = '', ...args], { db }) => addMembers(db, key, args) },
  zincrby: {
    min: 3,
    run: ([key = '', amount = '', member = ''], { db }) => addMembers(db, key, ['INCR', amount, member]),
  },
  zscore: {
    min: 2,
    run([key = '', member = ''], { db }) {
      const score = db.read(key, 'zset')?.scores.get(member)
      return score === undefined ? null : formatFloat(score)
    },
  },
  zcard: { min: 1, run: ([key = ''], { db }) => db.read(key, 'zset')?.scores.size ?? 0 },
  zcount: {
    min: 3,
    run([key = '', min = '', max = ''], { db }) {
      const inRange = scoreFilter(min, max)
      return ranked(db.read(key, 'zset')).filter(inRange).length
    },
  },
  zrank: {
    min: 2,
    run([key = '', member = ''], { db }) {
      const rank = ranked(db.read(key, 'zset')).findIndex(([each]) => each === member)
      return rank === -1 ? null : rank
    },
  },
  zrange: {
    min: 3,
    max: Infinity,
    run([key = '', start = '', stop = '', ...options], { db }) {
      const range = readRange(start, stop, options)
      return withScores(range.pick(ranked(db.read(key, 'zset'))), range.scores)
    },
  },
  zrangebyscore: {
    min: 3,
    max: Infinity,
    run([key = '', min = '', max = '', ...options], { db }) {
      const range = readRange(min, max, ['BYSCORE', ...options])
      return withScores(range.pick(ranked(db.read(key, 'zset'))), range.scores)
    },
  },
  zrem: {
    min: 2,
    max: Infinity,
    run: ([key = '', ...members], { db }) =>
      db.change(key, 'zset', ({ scores }) => members.filter((member) => scores.delete(member)).length),
  },
  zremrangebyscore: {
    min: 3,
    run([key = '', min = '', max = ''], { db }) {
      const inRange = scoreFilter(min, max)
      return db.change(key, 'zset', (zset) => {
        const doomed = ranked(zset).filter(inRange)
        for (const [member] of doomed) zset.scores.delete(member)
        return doomed.length
      })
    },
  },
}
