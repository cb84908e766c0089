import { anExchange } from '../../testing/examples.ts'
import { added, emptyLog, goesOn, listed, type ExchangeLog } from './exchange-log.ts'
import { mostKept } from './kept.ts'

function exchanges(from: number, to: number) {
  return Array.from({ length: to - from + 1 }, (_, index) => anExchange({ id: from + index }))
}

const ids = (log: ExchangeLog) => log.exchanges.map(({ id }) => id)
const good = (log: ExchangeLog) => log.tallies.get('shop → stock')?.good

test('what arrives is kept in the order of its ids, and what is there already is passed over', () => {
  const log = added(added(emptyLog, exchanges(1, 2)), [
    anExchange({ id: 4 }),
    anExchange({ id: 3 }),
    anExchange({ id: 2 }),
  ])
  expect(ids(log)).toEqual([1, 2, 3, 4])
})

test('an exchange that arrives twice at once is counted once', () => {
  expect(good(added(emptyLog, [anExchange({ id: 1 }), anExchange({ id: 1 })]))).toBe(1)
})

test('the oldest are dropped beyond what the stack keeps, and stay counted', () => {
  const log = added(added(emptyLog, exchanges(1, mostKept)), exchanges(mostKept + 1, mostKept + 5))
  expect([log.exchanges.length, log.exchanges[0]?.id, good(log)]).toEqual([mostKept, 6, mostKept + 5])
})

test('who asks again and again does not push out what happens once', () => {
  const once = anExchange({ id: 1, operation: 'createItem', status: 201 })
  const log = added(added(emptyLog, [once]), exchanges(2, mostKept + 50))
  expect(ids(log).slice(0, 2)).toEqual([1, 52])
})

test('a list adds what was missed', () => {
  const log = listed(added(emptyLog, exchanges(3, 5)), { exchanges: exchanges(3, 7), dropped: 0 })
  expect(ids(log)).toEqual([3, 4, 5, 6, 7])
})

test('a list that lacks what was seen first was cleared: all begins anew', () => {
  const seen = added(emptyLog, exchanges(1, 5))
  expect(listed(seen, { exchanges: [], dropped: 0 })).toEqual(emptyLog)
  const log = listed(seen, { exchanges: exchanges(6, 7), dropped: 0 })
  expect([ids(log), good(log)]).toEqual([[6, 7], 2])
})

test('a list that lacks it because the stack dropped it is not taken for a cleared one', () => {
  const seen = added(emptyLog, exchanges(1, mostKept))
  const log = listed(seen, { exchanges: exchanges(11, mostKept + 10), dropped: 10 })
  expect([log.exchanges.length, good(log)]).toEqual([mostKept, mostKept + 10])
})

test('a list goes on with a log where both have the same exchange, and not by its number alone', () => {
  const log = added(emptyLog, [anExchange({ id: 1, at: '2026-11-20T10:00:00.000Z' })])
  const same = [anExchange({ id: 1, at: '2026-11-20T10:00:00.000Z' }), anExchange({ id: 2 })]
  expect(goesOn(log, { exchanges: same, dropped: 0 })).toBe(true)
  const another = [anExchange({ id: 1, at: '2026-11-20T11:00:00.000Z' })]
  expect(goesOn(log, { exchanges: another, dropped: 0 })).toBe(false)
})
