import { Fault, fault } from './fault.ts'
import { faultName, faultWords } from './fault-words.ts'

test('faults are plain data, whole, so that they can be sent and kept', () => {
  expect(fault.latency(300, { spreadMs: 100 })).toEqual({ kind: 'latency', ms: 300, spreadMs: 100, seed: 1 })
  expect(fault.rateLimited(30)).toEqual({ kind: 'status', status: 429, retryAfterSeconds: 30 })
  const all = [
    fault.status(503, { times: 2 }),
    fault.reset(),
    fault.cutAfter(3),
    fault.slowTokens({ eventsPerSecond: 20 }),
    fault.malformed(),
    fault.contentType('text/html; charset=utf-8'),
    fault.hang({ times: 1 }),
    fault.duplicateMessage(),
    fault.dropMessage({ every: 3 }),
  ]
  expect(JSON.parse(JSON.stringify(all)).map((one: unknown) => Fault.parse(one))).toEqual(all)
})

test.each<[string, () => Fault, string]>([
  ['a status that refuses nothing', () => fault.status(200), 'no fault "status": status: Too small'],
  ['no time at all', () => fault.latency(-1), 'no fault "latency": ms: Too small'],
  ['an endless time', () => fault.latency(Number.POSITIVE_INFINITY), 'no fault "latency": ms: '],
  ['none of no calls', () => fault.reset({ times: 0 }), 'no fault "reset": times: Too small'],
  ['a part of an event', () => fault.cutAfter(1.5), 'no fault "cut": afterEvents: '],
  ['no event at any time', () => fault.slowTokens({ eventsPerSecond: 0 }), 'no fault "slowTokens": eventsPerSecond: '],
  ['no media type', () => fault.contentType('html'), 'value: has to be a media type, such as text/html. Correct it.'],
])('%s is none', (_what, make, message) => {
  expect(make).toThrow(TypeError)
  expect(make).toThrow(message)
})

test.each([
  [{ kind: 'reset', time: 2 }, /Unrecognized key/],
  [{ kind: 'rest' }, /kind/],
  [{ kind: 'status' }, /status/],
  ['reset', /expected object/],
])('what is no fault is refused: %j', (input, message) => {
  expect(String(Fault.safeParse(input).error)).toMatch(message)
})

test.each<[Fault, string, string]>([
  [fault.status(503, { times: 2 }), '503', '503, twice'],
  [fault.rateLimited(30), '429', '429, retry after 30 s'],
  [fault.reset({ times: 1 }), 'connection reset', 'connection reset, once'],
  [fault.cutAfter(1), 'connection cut after 1 event', 'connection cut after 1 event'],
  [fault.latency(300, { spreadMs: 100 }), '300 ms of latency', '300 ms of latency, up to 100 ms more'],
  [
    fault.slowTokens({ eventsPerSecond: 5, firstEventMs: 100, jitter: 0.2 }),
    '5 events per second',
    '5 events per second, the first after 100 ms, jitter 0.2',
  ],
  [fault.malformed({ times: 3 }), 'malformed answer', 'malformed answer, 3 times'],
  [fault.contentType('text/html'), 'answer as text/html', 'answer as text/html'],
  [fault.hang(), 'no answer', 'no answer'],
  [fault.duplicateMessage({ every: 2 }), 'duplicate message', 'duplicate message, each 2nd'],
  [fault.dropMessage({ every: 11 }), 'lost message', 'lost message, each 11th'],
])('%j is called "%s", and in full "%s"', (one, name, words) => {
  expect([faultName(one), faultWords(one)]).toEqual([name, words])
})
