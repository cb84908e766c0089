import { hashPassword, verifyPassword } from './passwords.ts'

test('a password belongs to its hash, and no other does', async () => {
  const hash = await hashPassword('placeholder-password')
  expect(await verifyPassword('placeholder-password', hash)).toBe(true)
  expect(await verifyPassword('placeholder-Password', hash)).toBe(false)
})

test('two hashes of a password differ, and none shows it', async () => {
  const [one, other] = await Promise.all([hashPassword('placeholder-password'), hashPassword('placeholder-password')])
  expect(one).not.toBe(other)
  expect(one).toMatch(/^scrypt\$16384\$8\$1\$[\w+/=]{24}\$[\w+/=]{44}$/)
})

test('an accented letter is the same however it is typed', async () => {
  const hash = await hashPassword('caf\u00e9-password')
  expect(await verifyPassword('cafe\u0301-password', hash)).toBe(true)
})

test.each(['', 'none', '$2b$10$abcdefghijklmnopqrstuv'])('no password belongs to %j', async (text) => {
  expect(await verifyPassword('', text)).toBe(false)
})
