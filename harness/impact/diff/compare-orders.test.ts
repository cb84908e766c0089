import * as fc from 'fast-check'
import { parseOrder } from '#harness/contract/order.ts'
import { compareOrders } from './compare-orders.ts'

test.each([
  ['token* done', 'token* (done)', undefined, undefined],
  ['(a | b)* c', '(a* b*)* c', undefined, undefined],
  ['token* done', 'token* (done | error)', ['error'], undefined],
  ['token* (done | error)', 'token* done', undefined, ['error']],
  ['token* done', 'done token*', ['done', 'token'], ['token', 'done']],
  ['token+ done', 'token* done', ['done'], undefined],
  ['(a?)* b', 'a* b', undefined, undefined],
  ['a', 'b', ['b'], ['a']],
])('"%s" and "%s" differ by their streams, not by their text', (before, after, come, gone) => {
  expect(compareOrders(before, after)).toEqual({ come, gone })
})

describe('whatever the orders', () => {
  const { order } = fc.letrec<{ order: string }>((tie) => ({
    order: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.constantFrom('a', 'b', 'c'),
      fc.tuple(tie('order'), tie('order')).map(([one, two]) => `${one} ${two}`),
      fc.tuple(tie('order'), tie('order')).map(([one, two]) => `(${one} | ${two})`),
      fc.tuple(tie('order'), fc.constantFrom('*', '+', '?')).map(([one, sign]) => `(${one})${sign}`),
    ),
  }))
  const allows = (text: string, events: readonly string[]): boolean =>
    events.reduce<ReturnType<typeof parseOrder>['start'] | undefined>(
      (state, name) => state?.next(name),
      parseOrder(text).start,
    )?.complete ?? false

  test('an example is allowed by the one and not by the other', () => {
    fc.assert(
      fc.property(order, order, (before, after) => {
        const { come, gone } = compareOrders(before, after)
        if (come) expect([allows(after, come), allows(before, come)]).toEqual([true, false])
        if (gone) expect([allows(before, gone), allows(after, gone)]).toEqual([true, false])
      }),
    )
  })

  test('a stream that only one allows is never passed over', () => {
    const events = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 5 })
    fc.assert(
      fc.property(order, order, events, (before, after, stream) => {
        fc.pre(allows(after, stream) && !allows(before, stream))
        expect(compareOrders(before, after).come).toBeDefined()
      }),
    )
  })
})
