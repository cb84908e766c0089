import type { Command, CommandTable } from '../command.ts'
import { integer, sliceBounds } from '../numbers.ts'
import { CommandError, NULL_LIST, OK } from '../reply.ts'

/** Items in order. @see https://redis.io/docs/latest/commands/?group=list */
export const listCommands: CommandTable = {
  lpush: pushCommand((items, value) => items.unshift(value)),
  rpush: pushCommand((items, value) => items.push(value)),
  lpop: popCommand((items) => items.shift()),
  rpop: popCommand((items) => items.pop()),
  llen: { min: 1, run: ([key = ''], { db }) => db.read(key, 'list')?.items.length ?? 0 },
  lindex: { min: 2, run: ([key = '', index = ''], { db }) => db.read(key, 'list')?.items.at(integer(index)) ?? null },
  lrange: {
    min: 3,
    run([key = '', start = '', stop = ''], { db }) {
      const [first, last] = [integer(start), integer(stop)]
      const items = db.read(key, 'list')?.items ?? []
      return items.slice(...sliceBounds(first, last, items.length))
    },
  },
  ltrim: {
    min: 3,
    run([key = '', start = '', stop = ''], { db }) {
      const [first, last] = [integer(start), integer(stop)]
      return db.change(key, 'list', (list) => {
        list.items = list.items.slice(...sliceBounds(first, last, list.items.length))
        return OK
      })
    },
  },
  lrem: {
    min: 3,
    run: ([key = '', count = '', value = ''], { db }) =>
      db.change(key, 'list', (list) => removeItems(list.items, value, integer(count))),
  },
}

function pushCommand(push: (items: string[], value: string) => number): Command {
  return {
    min: 2,
    max: Infinity,
    run: ([key = '', ...values], { db }) =>
      db.change(key, 'list', ({ items }) => {
        for (const value of values) push(items, value)
        return items.length
      }),
  }
}

function popCommand(pop: (items: string[]) => string | undefined): Command {
  return {
    min: 1,
    max: 2,
    run([key = '', count], { db }) {
      if (count === undefined) return db.change(key, 'list', ({ items }) => pop(items) ?? null)
      const wanted = integer(count)
      if (wanted < 0) throw new CommandError('ERR value is out of range, must be positive')
      if (db.read(key, 'list') === undefined) return NULL_LIST
      return db.change(key, 'list', ({ items }) =>
        Array.from({ length: Math.min(wanted, items.length) }, () => pop(items) ?? null),
      )
    },
  }
}

/** Removes up to `count` equal items, from the end when it is negative, all when it is 0. Returns how many. */
function removeItems(items: string[], value: string, count: number): number {
  const limit = count === 0 ? Infinity : Math.abs(count)
  let removed = 0
  while (removed < limit) {
    const index = count < 0 ? items.lastIndexOf(value) : items.indexOf(value)
    if (index === -1) break
    items.splice(index, 1)
    removed++
  }
  return removed
}
