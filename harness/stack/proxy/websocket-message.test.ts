import fc from 'fast-check'

import { ChannelTape } from './channel-tape.ts'
import { encodeFrame } from './websocket-frame.ts'
import { MessageReader } from './websocket-message.ts'

const message = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.uint8Array().map((bytes) => Buffer.from(bytes)),
)

test('messages are read as they were written, masked or not, wherever the chunks end', () => {
  const chunkLength = fc.integer({ min: 1, max: 20 })
  fc.assert(
    fc.property(fc.array(message), fc.boolean(), chunkLength, (messages, masked, length) => {
      const bytes = Buffer.concat(messages.map((one) => encodeFrame(one, { masked })))
      const reader = new MessageReader()
      const read = []
      for (let at = 0; at < bytes.length; at += length) read.push(...reader.push(bytes.subarray(at, at + length)))
      expect(read.map((one) => one.kind === 'message' && one.data)).toEqual(messages)
      expect(Buffer.concat(read.map((one) => (one.kind === 'message' ? one.raw : one.frame.raw)))).toEqual(bytes)
    }),
  )
})

test.each([0, 125, 126, 65_535, 65_536])('a message of %i bytes is written with the shortest length', (length) => {
  const frame = encodeFrame(Buffer.alloc(length), { masked: false })
  expect(frame.length - length).toBe(length < 126 ? 2 : length < 65_536 ? 4 : 10)
})

test('what belongs to no whole message stays at hand', () => {
  const reader = new MessageReader()
  const fragment = Buffer.from([0x01, 0x01, 0x61])
  expect(reader.push(Buffer.concat([fragment, Buffer.from([0x80])]))).toEqual([])
  expect(reader.rest()).toEqual(Buffer.from([0x01, 0x01, 0x61, 0x80]))
})

test('a tape keeps what fits, and says that there was more', () => {
  const tape = new ChannelTape(10)
  tape.add('to-server', encodeFrame('hello', { masked: false }))
  expect(tape.cut).toBe(false)
  tape.add('to-client', encodeFrame('world', { masked: false }))
  expect(tape.cut).toBe(true)
  expect(tape.read()).toEqual({ frames: [{ direction: 'to-server', data: 'hello' }], closed: false })
})

test('bytes that are no WebSocket frames make no messages and no error', () => {
  const tape = new ChannelTape(100)
  tape.add('to-client', Buffer.from([0xc1, 0x03, 0xff, 0xff, 0xff]))
  tape.add('to-client', encodeFrame('fine', { masked: false }))
  expect(tape.read().frames).toEqual([{ direction: 'to-client', data: 'fine' }])
})
