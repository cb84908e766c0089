import { makeFeed, type News } from './feed.ts'

function notice(message: string): News {
  return { event: 'notice', data: { at: '2026-01-02T03:04:05.678Z', level: 'info', message } }
}

test('who watches gets all from then on, however slowly it is read, until it stops', async () => {
  const feed = makeFeed()
  const stop = new AbortController()
  feed.tell(notice('before'))
  const news = feed.watch(stop.signal)
  feed.tell(notice('one'))
  feed.tell(notice('two'))
  expect((await news.next()).value).toEqual(notice('one'))
  expect((await news.next()).value).toEqual(notice('two'))
  const next = news.next()
  feed.tell(notice('three'))
  expect((await next).value).toEqual(notice('three'))
  const last = news.next()
  stop.abort()
  expect(await last).toEqual({ done: true, value: undefined })
})

test('of what nobody reads the oldest is dropped', async () => {
  const feed = makeFeed()
  const stop = new AbortController()
  const news = feed.watch(stop.signal)
  for (let count = 1; count <= 2001; count++) feed.tell(notice(String(count)))
  expect((await news.next()).value).toEqual(notice('2'))
  stop.abort()
})
