import { fault, type Fault } from '#harness/fault/fault.ts'
import { readFaults } from './faults.ts'

test.each<[string, readonly Fault[]]>([
  ['latency=300', [fault.latency(300)]],
  ['latency=300;spreadMs=20;seed=7', [fault.latency(300, { spreadMs: 20, seed: 7 })]],
  ['status=503', [fault.status(503)]],
  ['status=429;retryAfterSeconds=30, latency=50', [fault.rateLimited(30), fault.latency(50)]],
  ['STATUS=429; retry-after-seconds=30', [fault.rateLimited(30)]],
  ['reset', [fault.reset()]],
  ['cut=3', [fault.cutAfter(3)]],
  [
    'slow-tokens=20;first-event-ms=500;jitter=0.3',
    [fault.slowTokens({ eventsPerSecond: 20, firstEventMs: 500, jitter: 0.3 })],
  ],
  ['malformed', [fault.malformed()]],
  ['contentType="text/html; charset=utf-8"', [fault.contentType('text/html; charset=utf-8')]],
  ['contentType=text/html', [fault.contentType('text/html')]],
  ['hang', [fault.hang()]],
  ['duplicateMessage=2', [fault.duplicateMessage({ every: 2 })]],
  ['dropMessage', [fault.dropMessage()]],
  ['', []],
])('"%s" is read', (text, faults) => {
  expect(readFaults(text)).toEqual(faults)
})

test.each([
  [
    'latencey=300',
    'x-concordat-fault: latencey=300: there is no fault "latencey". There is latency, status, reset, cut, slowTokens, malformed, contentType, hang, duplicateMessage, dropMessage.',
  ],
  ['latency', 'x-concordat-fault: latency: Invalid input: expected number, received undefined.'],
  ['latency=soon', 'x-concordat-fault: latency=soon: Invalid input: expected number, received string.'],
  ['status=200', 'x-concordat-fault: status=200: Too small: expected number to be >=400.'],
  ['reset=1', 'x-concordat-fault: reset=1: reset takes no value. Write reset alone.'],
  ['latency=300;times=2', 'x-concordat-fault: latency=300;times=2: Unrecognized key: "times".'],
  ['reset;times=2', 'x-concordat-fault: reset;times=2: "times" counts requests, and this is one. Leave it out.'],
  ['latency=300;spread=2', 'x-concordat-fault: latency=300;spread=2: Unrecognized key: "spread".'],
  ['contentType=html', 'x-concordat-fault: contentType=html: has to be a media type, such as text/html.'],
  ['a="', 'x-concordat-fault: a=": a quotation mark is not closed. Write it like latency=300, or status=503.'],
])('"%s" is refused', (text, message) => {
  expect(() => readFaults(text)).toThrow(message)
})
