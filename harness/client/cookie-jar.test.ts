import { cookieJar } from './cookie-jar.ts'

function setting(...lines: string[]): Response {
  const headers = new Headers()
  for (const line of lines) headers.append('set-cookie', line)
  return new Response(null, { headers })
}

test('an empty jar sends no header', () => {
  expect(cookieJar().header()).toBeUndefined()
})

test('cookies are kept by name, and what was set last counts', () => {
  const jar = cookieJar()
  jar.take(setting('token=a; Path=/; HttpOnly', 'theme=dark'))
  jar.take(setting('token=b'))
  expect(jar.header()).toBe('token=b; theme=dark')
})

test('a value may hold an equals sign and an expiry a comma', () => {
  const jar = cookieJar()
  jar.take(setting('token=YWJj==; Expires=Wed, 01 Jan 2200 00:00:00 GMT', 'lang=en'))
  expect(jar.header()).toBe('token=YWJj==; lang=en')
})

test.each([
  ['an age of zero', 'token=; Max-Age=0'],
  ['a negative age', 'token=; max-age=-1'],
  ['a time in the past', 'token=; Expires=Thu, 01 Jan 1970 00:00:00 GMT'],
  ['an age of zero, whatever the time says', 'token=; Expires=Wed, 01 Jan 2200 00:00:00 GMT; Max-Age=0'],
])('%s takes a cookie out', (_what, line) => {
  const jar = cookieJar()
  jar.set('token', 'a')
  jar.take(setting(line))
  expect(jar.get('token')).toBeUndefined()
  expect(jar.header()).toBeUndefined()
})

// RFC 6265 §5.3 step 3 and §5.2.2.
test.each([
  ['an age to come, whatever the time says', 'token=b; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=60'],
  ['an age that is no number', 'token=b; Max-Age='],
  ['a time that is none', 'token=b; Expires=soon'],
])('%s keeps a cookie', (_what, line) => {
  const jar = cookieJar()
  jar.take(setting(line))
  expect(jar.get('token')).toBe('b')
})

test('a cookie can be put in by hand', () => {
  const jar = cookieJar()
  jar.set('token', 'placeholder')
  expect(jar.header()).toBe('token=placeholder')
})
