import type { Hooks, ProxiedEvent, ProxiedReply, ProxiedRequest } from '#harness/stack/proxy/types.ts'
import { combineHooks } from './combine-hooks.ts'

const request: ProxiedRequest = { id: 1, method: 'GET', path: '/', headers: {}, body: Buffer.alloc(0) }
const reply: ProxiedReply = { status: 200, headers: {}, body: Buffer.from('body') }
const event: ProxiedEvent = { event: 'token', data: 'a' }

/** Hooks that leave their mark on everything that passes. */
function marking(mark: string): Hooks {
  return {
    request: (sent) => ({ ...sent, path: sent.path + mark }),
    upgrade: (sent) => ({ ...sent, path: sent.path + mark }),
    reply: (given) => ({ ...given, body: Buffer.from(String(given.body) + mark) }),
    streamHead: (head) => ({ ...head, headers: { ...head.headers, [mark]: 'x' } }),
    event: (given) => [{ ...given, data: given.data + mark }],
    streamEnd: () => ({ events: [{ event: 'end', data: mark }] }),
    frame: ({ data }) => [String(data) + mark],
    delay: () => 10,
    eventDelay: () => 20,
    frameDelay: () => 30,
  }
}

test('each acts on what those before it made, and delays add up', () => {
  const both = combineHooks([marking('1'), marking('2')])
  const frame = { direction: 'to-client', data: 'a' } as const
  expect(both.request?.(request)).toMatchObject({ path: '/12' })
  expect(both.upgrade?.(request)).toMatchObject({ path: '/12' })
  expect(both.reply?.(reply, request)).toEqual({ ...reply, body: Buffer.from('body12') })
  expect(both.streamHead?.({ status: 200, headers: {} }, request)).toMatchObject({ headers: { 1: 'x', 2: 'x' } })
  expect(both.event?.(event, request, 0)).toEqual([{ event: 'token', data: 'a12' }])
  expect(both.streamEnd?.(request).events?.map(({ data }) => data)).toEqual(['1', '2'])
  expect(both.frame?.(frame, request, 0)).toEqual(['a12'])
  expect([both.delay?.(request), both.eventDelay?.(event, request, 0), both.frameDelay?.(frame, request, 0)]).toEqual([
    20, 40, 60,
  ])
})

test('hooks that nobody has are not there: what passes is not looked at', () => {
  expect(combineHooks([])).toEqual({})
  expect(Object.keys(combineHooks([{ delay: () => 1 }, { event: () => [] }])).toSorted()).toEqual(['delay', 'event'])
  expect(combineHooks([{ holdEvents: false }, { holdEvents: true }])).toEqual({ holdEvents: true })
})

test('the first that answers a request has answered it', () => {
  const answered = { reply }
  const both = combineHooks([{ request: () => answered }, { request: () => 'reset' }])
  expect(both.request?.(request)).toBe(answered)
  expect(combineHooks([{ request: () => 'hang' }, marking('2')]).request?.(request)).toBe('hang')
  expect(combineHooks([{ reply: () => 'reset' }, marking('2')]).reply?.(reply, request)).toBe('reset')
})

test('what one put in the place of an event goes on to the next, up to the end of the connection', () => {
  const twice: Hooks = { event: (given) => [given, given] }
  const last: Hooks = { event: (given) => ({ last: [given] }) }
  const cut: Hooks = { event: () => 'cut' }
  const acted = (...hooks: Hooks[]) => combineHooks(hooks).event?.(event, request, 0)
  expect(acted(twice, marking('!'))).toEqual([
    { event: 'token', data: 'a!' },
    { event: 'token', data: 'a!' },
  ])
  expect(acted(twice, last)).toEqual({ last: [event] })
  expect(acted(last, twice)).toEqual({ last: [event, event] })
  expect(acted(twice, cut)).toEqual({ last: [] })
  expect(acted({ event: () => [] }, last)).toEqual([])
})
