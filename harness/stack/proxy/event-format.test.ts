import fc from 'fast-check'

import { BlockSplitter, readEvents, writeEvent } from './event-format.ts'

/** Text made of what matters to the format, with characters of several bytes. */
const streamText = fc
  .array(fc.constantFrom('\n', '\r', '\r\n', 'data:', 'data: é€😀', 'event: a', 'id: 1', ': ping', 'x', ' '), {
    maxLength: 40,
  })
  .map((parts) => Buffer.from(parts.join('')))

/** The bytes cut at these places. */
function cutAt(bytes: Buffer, places: readonly number[]): Buffer[] {
  const ends = [...places.map((place) => place % (bytes.length + 1)), bytes.length].toSorted((a, b) => a - b)
  return ends.map((end, index) => bytes.subarray(ends[index - 1] ?? 0, end))
}

function split(chunks: readonly Buffer[]): { blocks: Buffer[]; rest: Buffer } {
  const splitter = new BlockSplitter()
  return { blocks: chunks.flatMap((chunk) => splitter.push(chunk)), rest: splitter.rest() }
}

test('no byte is lost or changed, wherever the chunks end', () => {
  fc.assert(
    fc.property(streamText, fc.array(fc.nat(1_000), { maxLength: 10 }), (bytes, places) => {
      const { blocks, rest } = split(cutAt(bytes, places))
      expect(Buffer.concat([...blocks, rest])).toEqual(bytes)
    }),
  )
})

test('the blocks one by one hold the events of the whole stream, one at most each', () => {
  fc.assert(
    fc.property(streamText, fc.array(fc.nat(1_000), { maxLength: 10 }), (bytes, places) => {
      const events = split(cutAt(bytes, places)).blocks.map(readEvents)
      expect(events.every((some) => some.length <= 1)).toBe(true)
      expect(events.flat()).toEqual(readEvents(bytes))
    }),
  )
})

test('a block is complete with its blank line, even if its last line end may still grow by a LF', () => {
  const splitter = new BlockSplitter()
  const blocks = ['data: 1\r\n\r', '\ndata: 2\r', '\n', '\r\n'].map((chunk) =>
    splitter.push(Buffer.from(chunk)).map(String),
  )
  expect(blocks).toEqual([['data: 1\r\n\r'], [], [], ['\ndata: 2\r\n\r\n']])
})

test('an event that is written reads as it was', () => {
  const line = fc.string({ unit: 'grapheme' }).filter((text) => !/[\r\n\0]/.test(text))
  const event = fc.record({
    id: line,
    event: line.filter((name) => name !== ''),
    data: fc.array(line).map((lines) => lines.join('\n')),
  })
  fc.assert(fc.property(event, (one) => expect(readEvents(writeEvent(one))).toEqual([one])))
})

test('an event without a name is a message', () => {
  expect(readEvents(Buffer.from('data: a\n\n'))).toEqual([{ event: 'message', data: 'a' }])
  expect(String(writeEvent({ event: 'message', data: 'a' }))).toBe('data: a\n\n')
})
