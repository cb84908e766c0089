import type { Drift } from '#harness/drift/drift.ts'
import { eventData, events, withoutRequestHeader } from '#harness/drift/deviations.ts'

/** Event streams (C15). */
export const streams: readonly Drift[] = [
  {
    class: 'C15',
    operation: 'streamChat',
    name: 'unnamed events of {type, data}',
    hooks: events(({ event, data }) => [
      { event: 'message', data: JSON.stringify({ type: event, data: JSON.parse(data) as unknown }) },
    ]),
    expected: { code: 'stream-mismatch', path: /^\$\.token/ },
  },
  {
    class: 'C15',
    operation: 'streamChat',
    name: 'no terminal event',
    hooks: events((event) => (event.event === 'token' ? [event] : [])),
    expected: { code: 'stream-mismatch' },
  },
  {
    class: 'C15',
    operation: 'streamChat',
    name: 'never ended',
    hooks: { streamEnd: () => ({ keepOpen: true }) },
    expected: { code: 'stream-not-ended' },
    timeoutMs: 700,
  },
  {
    class: 'C15',
    operation: 'streamChat',
    name: 'done before the tokens',
    hooks: events((event, index) =>
      index === 0 ? [{ event: 'done', data: JSON.stringify({ message_id: crypto.randomUUID() }) }, event] : [event],
    ),
    expected: { code: 'stream-mismatch' },
  },
  {
    class: 'C15',
    operation: 'streamChat',
    name: 'nothing sent until all is computed',
    hooks: { holdEvents: true },
    expected: { code: 'stream-held-back' },
  },
  {
    class: 'C15',
    operation: 'streamChat',
    name: 'text renamed',
    hooks: eventData('token', ({ text }) => ({ content: text })),
    expected: { code: 'stream-mismatch', path: /^\$\.token\[0\]\.data/ },
  },
  {
    class: 'C15',
    operation: 'streamChat',
    name: 'failure called otherwise',
    hooks: events((event) => (event.event === 'error' ? [{ ...event, event: 'failure' }] : [event])),
    expected: { code: 'stream-mismatch' },
  },
  {
    class: 'C15',
    operation: 'streamChat',
    name: 'cut off after the first token',
    hooks: events((event, index) => (index > 0 ? 'cut' : [event])),
    expected: { code: 'stream-mismatch' },
  },
  {
    class: 'C15',
    operation: 'followChat',
    name: 'resumed from the beginning',
    hooks: withoutRequestHeader('last-event-id'),
    expected: { code: 'stream-mismatch', path: /^\$\.token\[0\]\.id/ },
  },
  {
    class: 'C15',
    operation: 'followChat',
    name: 'events without ids',
    hooks: events(({ event, data }) => [{ event, data }]),
    expected: { code: 'stream-mismatch', path: /^\$\.token/ },
  },
]
