import { RequestReader } from './request-reader.ts'

const SET = Buffer.from('*3\r\n$3\r\nSET\r\n$4\r\nnäme\r\n$0\r\n\r\n')
SET.set(Buffer.from('$5'), SET.indexOf('$4'))

test('a request that comes in single bytes is complete with the last one', () => {
  const reader = new RequestReader()
  const requests = [...SET].map((byte) => reader.push(Buffer.of(byte)))
  expect(requests.slice(0, -1).flat()).toEqual([])
  expect(requests.at(-1)).toEqual([['SET', Buffer.from('näme').toString('latin1'), '']])
})

test('several requests in one piece are all there, and the rest of one is kept', () => {
  const reader = new RequestReader()
  expect(reader.push(Buffer.concat([SET, SET, SET.subarray(0, 9)]))).toHaveLength(2)
  expect(reader.push(SET.subarray(9))).toHaveLength(1)
})

test('a line is a request too, and an empty one is none', () => {
  expect(new RequestReader().push(Buffer.from('PING\r\n\r\n*0\r\nget  a\n'))).toEqual([['PING'], ['get', 'a']])
})

test('what is not the protocol is refused as Redis words it', () => {
  const refusal = (bytes: string) => () => new RequestReader().push(Buffer.from(bytes))
  expect(refusal('*1\r\n+PING\r\n')).toThrow("ERR Protocol error: expected '$', got '+'")
  expect(refusal('*x\r\n')).toThrow('ERR Protocol error: invalid multibulk length')
  expect(refusal('*1\r\n$x\r\n')).toThrow('ERR Protocol error: invalid bulk length')
  expect(refusal('x'.repeat(70_000))).toThrow('ERR Protocol error: too big inline request')
})
