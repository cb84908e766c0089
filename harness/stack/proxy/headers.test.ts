import type { RawHeaders } from './headers.ts'
import { endToEnd, hasToken, headerRecord, headerValue, pairs, rawHeaders } from './headers.ts'

const lines = (raw: RawHeaders) => [...pairs(raw)].map((pair) => pair.join(': '))

test('headers that concern one hop, and those that Connection names, are left out', () => {
  const raw = [
    'Connection',
    'close, X-Mine',
    'X-Mine',
    '1',
    'TE',
    'trailers',
    'Transfer-Encoding',
    'chunked',
    'Via',
    'x',
  ]
  expect(endToEnd([...raw, 'Upgrade', 'a', 'Keep-Alive', 'b', 'Proxy-Connection', 'c', 'Trailer', 'd'])).toEqual([
    'Via',
    'x',
  ])
})

test('the values of a repeated header are one list', () => {
  const raw = ['Accept', 'a', 'X', 'y', 'ACCEPT', 'b, c']
  expect(headerValue(raw, 'accept')).toBe('a, b, c')
  expect(hasToken(raw, 'accept', 'c')).toBe(true)
  expect(headerValue(raw, 'absent')).toBeUndefined()
})

test('a record has lower-case names and arrays for repeated headers, and goes back to the case it came from', () => {
  const raw = ['Set-Cookie', 'a', 'X-One', '1', 'set-cookie', 'b', 'Set-Cookie', 'c']
  const record = headerRecord(raw)
  expect(record).toEqual({ 'set-cookie': ['a', 'b', 'c'], 'x-one': '1' })
  expect(lines(rawHeaders(record, ['Set-Cookie', 'a', 'X-One', '1']))).toEqual([
    'Set-Cookie: a',
    'Set-Cookie: b',
    'Set-Cookie: c',
    'X-One: 1',
  ])
})

test('of names that differ in case alone the last wins, spelled as it is', () => {
  const record = { 'content-type': 'a', 'CONTENT-Type': 'b', 'x-new': 'c' }
  expect(lines(rawHeaders(record, ['Content-Type', 'a']))).toEqual(['CONTENT-Type: b', 'x-new: c'])
})

test('names and values that no message may carry are refused', () => {
  expect(() => rawHeaders({ 'bad name': 'x' }, [])).toThrow('Header name must be a valid HTTP token')
  expect(() => rawHeaders({ name: 'a\r\nb: c' }, [])).toThrow('Invalid character in header content')
})

test('a header named __proto__ is a header like any other', () => {
  expect(Object.entries(headerRecord(['__proto__', 'x', '__proto__', 'y']))).toEqual([['__proto__', ['x', 'y']]])
})
