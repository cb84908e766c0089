import { decodeJwt, SignJWT } from 'jose'
import { exampleApplication, type ExampleApplication } from '../testing/example-application.ts'

const email = 'ann@example.com'
const password = 'placeholder-password'

let app: ExampleApplication
beforeAll(async () => {
  app = await exampleApplication()
})
afterAll(() => app[Symbol.asyncDispose]())
beforeEach(() => app.reset())

function signIn(body: object) {
  return app.http.post('/api/auth/sign-in').send(body)
}

function cookieOf(reply: { headers: Record<string, unknown> }): string {
  return String((reply.headers['set-cookie'] as string[])[0])
}

test('signing in gives a session in a cookie that scripts cannot read', async () => {
  await app.given.userExists({ email, password })
  const reply = await signIn({ email, password })
  expect(reply.status).toBe(200)
  expect(reply.body).toEqual({ user: { id: expect.any(String), email } })
  expect(cookieOf(reply)).toMatch(/^token=[\w.-]+; Path=\/; HttpOnly; SameSite=Strict; Max-Age=86400$/)

  const me = await app.http.get('/api/auth/me').set('cookie', cookieOf(reply))
  expect(me.body).toEqual(reply.body.user)
})

test('the token names the account and the session, and lives for a day', async () => {
  const { token } = await app.given.signedIn({ email })
  const claims = decodeJwt(token)
  expect(claims).toMatchObject({ sub: expect.any(String), email, jti: expect.any(String) })
  expect(claims.exp! - claims.iat!).toBe(86_400)
})

test('upper and lower case of an address are the same', async () => {
  await app.given.userExists({ email, password })
  const reply = await signIn({ email: 'Ann@Example.com', password })
  expect(reply.body.user.email).toBe(email)
})

test('a wrong password and an unknown address are answered alike, in like time', async () => {
  await app.given.userExists({ email, password })
  async function attempt(body: object) {
    const started = performance.now()
    const { status, body: problem } = await signIn(body)
    return { status, code: problem.error.code, message: problem.error.message, took: performance.now() - started }
  }
  async function fastestOf(body: object) {
    const attempts = [await attempt(body), await attempt(body), await attempt(body)]
    return attempts.toSorted((a, b) => a.took - b.took)[0]!
  }
  const wrong = await fastestOf({ email, password: 'another-password' })
  const unknown = await fastestOf({ email: 'nobody@example.com', password })
  expect(wrong).toMatchObject({ status: 401, code: 'unauthorized' })
  expect({ ...unknown, took: 0 }).toEqual({ ...wrong, took: 0 })
  // Without hashing it would be answered in a tenth of the time.
  expect(unknown.took).toBeGreaterThan(wrong.took / 3)
})

test('the sixth attempt within a minute has to wait, also with the right password', async () => {
  await app.given.userExists({ email, password })
  const statuses = []
  for (let attempt = 1; attempt <= 5; attempt++) {
    statuses.push((await signIn({ email, password: 'another-password' })).status)
  }
  expect(statuses).toEqual([401, 401, 401, 401, 401])
  const sixth = await signIn({ email, password })
  expect(sixth.status).toBe(429)
  expect(sixth.body.error.code).toBe('too_many_attempts')
  expect(Number(sixth.headers['retry-after'])).toBeGreaterThan(50)
  expect(Number(sixth.headers['retry-after'])).toBeLessThanOrEqual(60)
  expect((await signIn({ email: 'bob@example.com', password })).status).toBe(401)
})

test('attempts at the same time do not slip through the limit together', async () => {
  const replies = await Promise.all(Array.from({ length: 8 }, () => signIn({ email, password: 'another-password' })))
  expect(replies.filter((reply) => reply.status === 429)).toHaveLength(3)
})

test('a success starts the count anew', async () => {
  await app.given.userExists({ email, password })
  for (let attempt = 1; attempt <= 4; attempt++) await signIn({ email, password: 'another-password' })
  expect((await signIn({ email, password })).status).toBe(200)
  const again = [await signIn({ email, password: 'another-password' }), await signIn({ email, password })]
  expect(again.map((reply) => reply.status)).toEqual([401, 200])
})

test('signing out revokes the token at once and clears the cookie', async () => {
  const { token } = await app.given.signedIn({ email })
  const reply = await app.http.post('/api/auth/sign-out').set('cookie', `token=${token}`)
  expect(reply.status).toBe(204)
  expect(cookieOf(reply)).toBe('token=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0')
  expect((await app.http.get('/api/auth/me').auth(token, { type: 'bearer' })).status).toBe(401)
})

test('signing out ends one session, not those on other devices', async () => {
  const first = await app.given.signedIn({ email })
  const second = await app.given.signedIn({ email })
  await app.http.post('/api/auth/sign-out').auth(first.token, { type: 'bearer' })
  expect((await app.http.get('/api/auth/me').auth(second.token, { type: 'bearer' })).status).toBe(200)
})

test('the cookie counts where a bearer token comes too', async () => {
  const ann = await app.given.signedIn({ email })
  const bob = await app.given.signedIn({ email: 'bob@example.com' })
  const me = await app.http.get('/api/auth/me').set('cookie', `token=${ann.token}`).auth(bob.token, { type: 'bearer' })
  expect(me.body.email).toBe(email)
})

test('a token is refused that is expired, signed with another key, unsigned, or of a session that never was', async () => {
  const { token } = await app.given.signedIn({ email })
  const claims = decodeJwt(token)
  const sign = (changes: object, secret = app.environment.JWT_SECRET!) =>
    new SignJWT({ ...claims, ...changes }).setProtectedHeader({ alg: 'HS256' }).sign(new TextEncoder().encode(secret))
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const refused = {
    expired: await sign({ exp: Math.floor(Date.now() / 1000) - 1 }),
    otherKey: await sign({}, 'some-other-key-with-at-least-32-characters'),
    unsigned: `${encode({ alg: 'none' })}.${encode(claims)}.`,
    neverWas: await sign({ jti: crypto.randomUUID() }),
    withoutSession: await sign({ jti: undefined }),
    nonsense: 'nonsense',
  }
  for (const [what, value] of Object.entries(refused)) {
    const { status } = await app.http.get('/api/auth/me').auth(value, { type: 'bearer' })
    expect([what, status]).toEqual([what, 401])
  }
  expect((await app.http.get('/api/auth/me').auth(await sign({}), { type: 'bearer' })).status).toBe(200)
})

test('passwords, tokens and cookies stay out of the log', async () => {
  await app.given.userExists({ email, password })
  const token = /token=([^;]+)/.exec(cookieOf(await signIn({ email, password })))![1]!
  await app.http.get('/api/auth/me').set('cookie', `token=${token}`)
  const log = JSON.stringify(app.log)
  expect(app.log.length).toBeGreaterThanOrEqual(4)
  for (const secret of [password, token, token.split('.')[2]!]) expect(log).not.toContain(secret)
})
