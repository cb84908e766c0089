import { makeSignInLimit } from './sign-in-limit.ts'

const email = 'ann@example.com'

test('the sixth attempt within a minute of the first has to wait for the rest of that minute', () => {
  let time = 0
  const limit = makeSignInLimit(() => time)
  for (let count = 0; count < 5; count++) expect(limit.attempt(email)).toBeUndefined()
  time = 20_500
  expect(limit.attempt(email)).toBe(40)
  time = 59_999
  expect(limit.attempt('Ann@Example.com')).toBe(1)
  time = 60_000
  expect(limit.attempt(email)).toBeUndefined()
})

test('a success starts the count anew', () => {
  const limit = makeSignInLimit(() => 0)
  limit.exhaust(email)
  expect(limit.attempt(email)).toBe(60)
  limit.forget(email)
  expect(limit.attempt(email)).toBeUndefined()
})
