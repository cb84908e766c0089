import { RawHeaders, rawHeadersOf } from './raw-headers.ts'

const pairs = [
  ['Content-Type', 'text/plain'],
  ['X-Tag', 'a'],
  ['x-tag', 'b'],
  ['Set-Cookie', 'one=1'],
  ['Set-Cookie', 'two=2'],
] as const

/** What the runtime's own Headers makes of the same. */
function real(): Headers {
  const headers = new Headers()
  for (const [name, value] of pairs) headers.append(name, value)
  return headers
}

test.each(['content-type', 'CONTENT-TYPE', 'X-Tag', 'set-cookie', 'absent'])('%s is what Headers gives', (name) => {
  const headers = rawHeadersOf(pairs)
  expect(headers.get(name)).toBe(real().get(name))
  expect(headers.has(name)).toBe(real().has(name))
})

test('walking through them gives what Headers gives', () => {
  const headers = rawHeadersOf(pairs)
  expect([...headers]).toEqual([...real()])
  expect([...headers.keys()]).toEqual([...real().keys()])
  expect([...headers.values()]).toEqual([...real().values()])
  expect(headers.getSetCookie()).toEqual(['one=1', 'two=2'])
  const seen: string[] = []
  headers.forEach((value, name) => seen.push(`${name}=${value}`))
  expect(seen).toContain('x-tag=a, b')
  expect([...new Headers(headers as unknown as Headers)]).toEqual([...real()])
})

test('setting takes the place of all of that name, appending adds, deleting removes', () => {
  const headers = rawHeadersOf(pairs)
  headers.set('X-Tag', 'c')
  headers.append('content-language', 'en')
  headers.append('content-language', 'de')
  headers.delete('Set-Cookie')
  expect(Object.fromEntries(headers)).toEqual({
    'content-type': 'text/plain',
    'x-tag': 'c',
    'content-language': 'en, de',
  })
})

test('they are Headers to whoever asks', () => {
  expect(new RawHeaders([])).toBeInstanceOf(Headers)
})

test('several cookies are one list of cookies', () => {
  expect(new RawHeaders(['cookie', 'a=1', 'cookie', 'b=2']).get('cookie')).toBe('a=1; b=2')
})

test.each([
  ['a b', 'x'],
  ['x', 'a\r\nset-cookie: b=c'],
  ['x', 'a\0'],
  ['', 'x'],
])('what no header may hold is refused: %j: %j', (name, value) => {
  expect(() => rawHeadersOf([[name, value]])).toThrow('invalid header')
  expect(() => new RawHeaders([]).set(name, value)).toThrow('invalid header')
})

test('white space around a value is left out', () => {
  expect(rawHeadersOf([['x', ' a b\t']]).get('x')).toBe('a b')
})
