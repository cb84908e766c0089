import { eventually } from '#harness/stack/testing/eventually.ts'
import { anExchange } from '../../testing/examples.ts'
import { toldStack } from '../../testing/told-stack.ts'
import { createFeed, type Feed } from './feed.ts'

/** Enough on a busy machine. */
const patienceMs = 15_000

const feeds: Feed[] = []
afterEach(() => {
  for (const feed of feeds.splice(0)) feed.start(undefined)
})

function follow(url: string, token: string | undefined = 'right'): Feed {
  const feed = createFeed(url)
  feeds.push(feed)
  feed.start(token)
  return feed
}

const ids = (feed: Feed) => feed.state().log.exchanges.map(({ id }) => id)

function until(name: string, condition: () => boolean): Promise<void> {
  return eventually(name, condition, patienceMs)
}

test('what was before and what happens from now on are told, in lots', async () => {
  const stack = toldStack('shop', [anExchange({ id: 1 })])
  await using listening = await stack.host()
  const feed = follow(listening.url)
  const lots: number[] = []
  feed.onArrival((exchanges) => lots.push(exchanges.length))
  await until('it is connected', () => feed.state().phase.kind === 'connected')
  expect([feed.state().stack?.system, ids(feed)]).toEqual(['shop', [1]])
  for (let id = 2; id <= 60; id++) stack.tell(anExchange({ id }))
  await until('all have arrived', () => ids(feed).length === 60)
  expect(lots.length).toBeLessThan(30)
})

test('what changed is read again, also where the exchanges were cleared', async () => {
  const stack = toldStack('shop', [anExchange({ id: 1 })])
  await using listening = await stack.host()
  const feed = follow(listening.url)
  await until('the first is there', () => ids(feed).length === 1)
  stack.exchanges.length = 0
  stack.change()
  await until('none is left', () => ids(feed).length === 0)
})

test('a stack that comes back is found again, and all begins anew with it', async () => {
  const listening = await toldStack('before', [anExchange({ id: 1 }), anExchange({ id: 2 })]).host()
  const feed = follow(listening.url)
  await until('it is connected', () => ids(feed).length === 2)
  await listening.stop()
  await until('it is lost', () => feed.state().phase.kind === 'lost')
  expect(ids(feed)).toEqual([1, 2])
  await using again = await toldStack('after', [anExchange({ id: 1, at: '2026-11-20T11:00:00.000Z' })]).host(
    listening.port,
  )
  await until('it is connected again', () => feed.state().phase.kind === 'connected')
  expect([again.port, feed.state().stack?.system, ids(feed)]).toEqual([listening.port, 'after', [1]])
})

test('without a token, or with that of another stack, it gives up and says why', async () => {
  await using listening = await toldStack('shop').host()
  const without = createFeed(listening.url)
  without.start(undefined)
  expect(without.state().phase).toEqual({ kind: 'refused', had: 'no token' })
  const wrong = follow(listening.url, 'wrong')
  await until('it is refused', () => wrong.state().phase.kind === 'refused')
  expect(wrong.state().phase).toEqual({ kind: 'refused', had: 'a wrong token' })
})

test('a feed that is started with another token forgets the one before', async () => {
  const stack = toldStack('shop')
  await using listening = await stack.host()
  const feed = follow(listening.url)
  await until('it watches', () => stack.watchers() === 1)
  feed.start('wrong')
  await until('it is refused', () => feed.state().phase.kind === 'refused')
  await until('nobody watches', () => stack.watchers() === 0)
})

test('a feed that rests asks nothing of the stack, and goes on where it was', async () => {
  const stack = toldStack('shop', [anExchange({ id: 1 })])
  await using listening = await stack.host()
  const feed = follow(listening.url)
  await until('it watches', () => stack.watchers() === 1 && feed.state().phase.kind === 'connected')
  feed.rest(true)
  await until('nobody watches', () => stack.watchers() === 0)
  expect([feed.state().phase.kind, ids(feed)]).toEqual(['resting', [1]])
  stack.tell(anExchange({ id: 2 }))
  feed.rest(false)
  await until('it has what was told meanwhile', () => ids(feed).length === 2)
  expect(feed.state().phase.kind).toBe('connected')
})

test('what arrives while the stack is read is not lost with a list that lacks it', async () => {
  const stack = toldStack('shop')
  await using listening = await stack.host()
  const feed = follow(listening.url)
  await until('it is connected', () => feed.state().phase.kind === 'connected')
  const hold = Promise.withResolvers<void>()
  stack.holdLists(hold.promise)
  const read = stack.lists()
  stack.change()
  await until('it reads', () => stack.lists() > read)
  stack.tell(anExchange({ id: 1 }))
  await until('it has arrived', () => ids(feed).length === 1)
  const before = feed.state().stack
  hold.resolve()
  await until('it has read', () => feed.state().stack !== before)
  expect(ids(feed)).toEqual([1])
})
