import type { ProxiedReply, ProxiedRequest } from '#harness/stack/proxy/types.ts'
import { allAtOnce } from './all-at-once.ts'
import { events, messages, replyField } from './deviations.ts'
import { furtherFields, furtherOperation, otherOrder } from './harmless.ts'
import { set } from './json-place.ts'

const request: ProxiedRequest = { id: 1, method: 'GET', path: '/books', headers: {}, body: Buffer.alloc(0) }
const reply: ProxiedReply = {
  status: 200,
  headers: { 'content-type': 'application/json' },
  body: Buffer.from('{"title":"Dune","pages":412}'),
}

test('each change acts on what those before it made', () => {
  const changed = allAtOnce([furtherFields, otherOrder]).hooks.reply?.(reply, request) as ProxiedReply
  expect(changed.body.toString()).toBe('{"added_later":{"nested":true},"pages":412,"title":"Dune"}')
})

test('what one of them answers by itself is answered, everything else goes on', () => {
  const { request: hook } = allAtOnce([furtherOperation, otherOrder]).hooks
  expect(hook?.({ ...request, path: '/api/added-later' })).toMatchObject({ reply: { status: 200 } })
  expect(hook?.(request)).toEqual(request)
})

test('its name says all of them', () => {
  const fewer = { name: 'fewer pages', hooks: replyField('pages', set(1)) }
  expect(allAtOnce([otherOrder, fewer]).name).toBe('keys in another order; fewer pages')
})

test('changes of events and messages act one after the other, on all that came of those before', () => {
  const twice = { name: 'twice', hooks: events((event) => [event, event]) }
  const loud = { name: 'loud', hooks: events((event) => [{ ...event, data: `${event.data}!` }]) }
  const sent = allAtOnce([twice, loud]).hooks.event?.({ event: 'word', data: 'In' }, request, 0)
  expect(sent).toEqual([
    { event: 'word', data: 'In!' },
    { event: 'word', data: 'In!' },
  ])
  const cut = { name: 'cut', hooks: events(() => 'cut') }
  expect(allAtOnce([twice, cut, loud]).hooks.event?.({ event: 'word', data: 'In' }, request, 0)).toBe('cut')
  const frame = { direction: 'to-client', data: '{"type":"word","data":{}}' } as const
  const silent = { name: 'silent', hooks: messages(() => undefined) }
  expect(allAtOnce([silent]).hooks.frame?.(frame, request, 0)).toEqual([])
  expect(allAtOnce([twice]).hooks.frame).toBeUndefined()
})

test('a change of streams as a whole is tried on its own', () => {
  expect(() => allAtOnce([otherOrder, { name: 'held', hooks: { holdEvents: true } }])).toThrow(
    '"held" changes holdEvents. Try it on its own.',
  )
})
