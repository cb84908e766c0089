import type { Command, CommandContext, CommandTable } from '../command.ts'
import { addIntegers, bigInteger } from '../numbers.ts'
import { pairs } from '../pairs.ts'
import { OK } from '../reply.ts'
import type { Reply } from '../reply.ts'
import { expiryMoment, readSetOptions } from '../set-options.ts'
import type { SetOptions } from '../set-options.ts'

/** One text per key. @see https://redis.io/docs/latest/commands/?group=string */
export const stringCommands: CommandTable = {
  get: { min: 1, run: ([key = ''], { db }) => db.read(key, 'string')?.text ?? null },
  set: {
    min: 2,
    max: Infinity,
    run: ([key = '', text = '', ...options], context) => set(key, text, { options: readSetOptions(options), context }),
  },
  setnx: {
    min: 2,
    run([key = '', text = ''], { db }) {
      if (db.get(key) !== undefined) return 0
      db.set(key, { type: 'string', text })
      return 1
    },
  },
  setex: expiringSet('setex', 'EX'),
  psetex: expiringSet('psetex', 'PX'),
  getdel: {
    min: 1,
    run([key = ''], { db }) {
      const text = db.read(key, 'string')?.text ?? null
      db.delete(key)
      return text
    },
  },
  mget: {
    min: 1,
    max: Infinity,
    run: (keys, { db }) =>
      keys.map((key) => {
        const value = db.get(key)
        return value?.type === 'string' ? value.text : null
      }),
  },
  mset: {
    min: 2,
    max: Infinity,
    run(args, { db }) {
      for (const [key, text] of pairs(args, 'mset')) db.set(key, { type: 'string', text })
      return OK
    },
  },
  incr: { min: 1, run: ([key = ''], context) => increment(key, 1n, context) },
  decr: { min: 1, run: ([key = ''], context) => increment(key, -1n, context) },
  incrby: { min: 2, run: ([key = '', amount = ''], context) => increment(key, bigInteger(amount), context) },
  decrby: { min: 2, run: ([key = '', amount = ''], context) => increment(key, -bigInteger(amount), context) },
  append: {
    min: 2,
    run: ([key = '', suffix = ''], { db }) => db.change(key, 'string', (value) => (value.text += suffix).length),
  },
  strlen: { min: 1, run: ([key = ''], { db }) => db.read(key, 'string')?.text.length ?? 0 },
}

function set(key: string, text: string, { options, context }: { options: SetOptions; context: CommandContext }): Reply {
  const { db } = context
  const before = options.get ? (db.read(key, 'string')?.text ?? null) : undefined
  const exists = db.get(key) !== undefined
  if (options.condition !== undefined && exists !== (options.condition === 'xx')) return before ?? null
  db.set(key, { type: 'string', text }, options.keepTtl ? db.expiresAt(key) : options.expiresAt)
  return before === undefined ? OK : before
}

function expiringSet(name: string, unit: 'EX' | 'PX'): Command {
  return {
    min: 3,
    run([key = '', amount = '', text = ''], { db }) {
      db.set(key, { type: 'string', text }, expiryMoment(unit, amount, name))
      return OK
    },
  }
}

function increment(key: string, amount: bigint, { db }: CommandContext): Reply {
  const sum = addIntegers(bigInteger(db.read(key, 'string')?.text ?? '0'), amount)
  return db.change(key, 'string', (value) => {
    value.text = String(sum)
    return sum
  })
}
