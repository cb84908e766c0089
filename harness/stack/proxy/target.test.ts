import { parseTarget, targetReader } from './target.ts'

test('a target is read from a base URL', () => {
  const plain = { secure: false, host: '127.0.0.1', port: 8080, authority: '127.0.0.1:8080' }
  expect(parseTarget('http://127.0.0.1:8080')).toEqual(plain)
  expect(parseTarget('ws://localhost:1/')).toEqual({
    secure: false,
    host: 'localhost',
    port: 1,
    authority: 'localhost:1',
  })
  expect(parseTarget('http://[::1]')).toEqual({ secure: false, host: '::1', port: 80, authority: '[::1]' })
  expect(parseTarget('https://example.com')).toEqual({
    secure: true,
    host: 'example.com',
    port: 443,
    authority: 'example.com',
  })
})

test.each([
  ['nowhere', 'it is not a URL'],
  ['ftp://127.0.0.1:1', 'its scheme is ftp:'],
  ['http://127.0.0.1:1/api?x', 'it has the path /api?x'],
])('the target %s cannot be used: %s', (url, why) => {
  expect(() => parseTarget(url)).toThrow(`Proxy target "${url}" cannot be used: ${why}. Give scheme, host and port`)
  expect(() => targetReader(url)).toThrow(why)
})

test('a target that is a function is asked each time', () => {
  let port = 1
  const target = targetReader(() => `http://127.0.0.1:${port}`)
  expect(target().port).toBe(1)
  port = 2
  expect(target().port).toBe(2)
})
