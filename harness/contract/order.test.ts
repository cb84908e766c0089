import fc from 'fast-check'
import { parseOrder, type OrderState } from './order.ts'

function run(order: string, events: readonly string[]): OrderState | undefined {
  return events.reduce<OrderState | undefined>((state, event) => state?.next(event), parseOrder(order).start)
}

test('tokens come in any number, and one terminal event ends the stream', () => {
  expect(run('token* (done | error)', ['token', 'token', 'done'])).toMatchObject({ complete: true, final: true })
  expect(run('token* (done | error)', ['error'])?.complete).toBe(true)
  expect(run('token* (done | error)', ['token'])).toMatchObject({
    complete: false,
    expected: ['token', 'done', 'error'],
  })
  expect(run('token* (done | error)', ['done', 'token'])).toBeUndefined()
  expect(run('token* (done | error)', ['other'])).toBeUndefined()
})

test('plus wants one, a question mark allows one', () => {
  expect(run('start token+ usage? done', ['start', 'done'])).toBeUndefined()
  expect(run('start token+ usage? done', ['start', 'token', 'done'])?.complete).toBe(true)
  expect(run('start token+ usage? done', ['start', 'token', 'usage', 'usage'])).toBeUndefined()
})

test('a stream that never ends has no final state', () => {
  expect(run('(tick | price)*', ['tick', 'price', 'tick'])).toMatchObject({ complete: true, final: false })
})

test.each(['token* (done', 'token )', '* token', 'a || & b'])(
  '"%s" is refused with the place where reading stopped',
  (text) => {
    expect(() => parseOrder(text)).toThrow(/cannot be read: stuck at .+ Write it like/)
  },
)

test('an order agrees with the regular expression that it is written like', () => {
  const pattern = /^(a(b|c)*d?|c+)$/
  fc.assert(
    fc.property(fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 7 }), (events) => {
      expect(run('a (b | c)* d? | c+', events)?.complete ?? false).toBe(pattern.test(events.join('')))
    }),
    { numRuns: 400 },
  )
})
