import type { CommandTable } from '../command.ts'
import { addIntegers, bigInteger } from '../numbers.ts'
import { CommandError } from '../reply.ts'
import { pairs } from '../pairs.ts'

/** Fields under one key. @see https://redis.io/docs/latest/commands/?group=hash */
export const hashCommands: CommandTable = {
  hset: {
    min: 3,
    max: Infinity,
    run([key = '', ...rest], { db }) {
      const fields = pairs(rest, 'hset')
      return db.change(key, 'hash', (hash) => {
        const before = hash.fields.size
        for (const [field, value] of fields) hash.fields.set(field, value)
        return hash.fields.size - before
      })
    },
  },
  hsetnx: {
    min: 3,
    run([key = '', field = '', value = ''], { db }) {
      return db.change(key, 'hash', ({ fields }) => {
        if (fields.has(field)) return 0
        fields.set(field, value)
        return 1
      })
    },
  },
  hget: { min: 2, run: ([key = '', field = ''], { db }) => db.read(key, 'hash')?.fields.get(field) ?? null },
  hmget: {
    min: 2,
    max: Infinity,
    run([key = '', ...fields], { db }) {
      const hash = db.read(key, 'hash')
      return fields.map((field) => hash?.fields.get(field) ?? null)
    },
  },
  hgetall: { min: 1, run: ([key = ''], { db }) => [...(db.read(key, 'hash')?.fields ?? [])].flat() },
  hkeys: { min: 1, run: ([key = ''], { db }) => [...(db.read(key, 'hash')?.fields.keys() ?? [])] },
  hvals: { min: 1, run: ([key = ''], { db }) => [...(db.read(key, 'hash')?.fields.values() ?? [])] },
  hlen: { min: 1, run: ([key = ''], { db }) => db.read(key, 'hash')?.fields.size ?? 0 },
  hexists: { min: 2, run: ([key = '', field = ''], { db }) => (db.read(key, 'hash')?.fields.has(field) ? 1 : 0) },
  hdel: {
    min: 2,
    max: Infinity,
    run: ([key = '', ...fields], { db }) =>
      db.change(key, 'hash', (hash) => fields.filter((field) => hash.fields.delete(field)).length),
  },
  hincrby: {
    min: 3,
    run([key = '', field = '', increment = ''], { db }) {
      const amount = bigInteger(increment)
      return db.change(key, 'hash', ({ fields }) => {
        const sum = addIntegers(storedInteger(fields.get(field) ?? '0'), amount)
        fields.set(field, String(sum))
        return sum
      })
    },
  },
}

function storedInteger(text: string): bigint {
  try {
    return bigInteger(text)
  } catch {
    throw new CommandError('ERR hash value is not an integer')
  }
}
