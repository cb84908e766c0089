import { backend } from '#contracts/workbench/backend.ts'
import { cookieJar } from '#harness/client/cookie-jar.ts'
import { TimeoutError } from '#harness/client/errors.ts'
import { exactly, matching } from '#harness/contract/example.ts'
import { fault } from '#harness/fault/fault.ts'
import { consumer } from '#harness/pact/record/recorder.ts'
import { ann, userId } from './testing/examples.ts'
import { refusalBy } from './testing/outcome.ts'
import { anonymous, jarOf, withBearer, withCookie, withJar } from './testing/recorded-api.ts'

const frontend = consumer('workbench-frontend').of(backend)
const password = 'placeholder-password'
const account = backend.states.userExists({ email: ann, password })

frontend.records(
  'signs in with address and password',
  {
    given: [account],
    call: backend.signIn({ body: { email: ann, password } }),
    reply: {
      status: 200,
      body: { user: { id: userId, email: exactly(ann) } },
      headers: {
        'set-cookie': matching('^token=[^;]+;.*HttpOnly.*$', 'token=placeholder; Path=/; HttpOnly; SameSite=Strict'),
      },
    },
    survives: [
      {
        fault: fault.rateLimited(7),
        outcome: async (api) =>
          expect(await refusalBy(anonymous(api).signIn(ann, password))).toMatchObject({
            kind: 'too-many-attempts',
            waitSeconds: 7,
          }),
      },
      {
        fault: fault.hang(),
        outcome: (api) => expect(anonymous(api, { timeoutMs: 50 }).signIn(ann, password)).rejects.toThrow(TimeoutError),
      },
    ],
  },
  async (api) => {
    const jar = cookieJar()
    expect(await withJar(api, jar).signIn(ann, password)).toEqual({ id: userId, email: ann })
    expect(jar.header()).toBe('token=placeholder')
  },
)

frontend.records(
  'is refused a sign-in with a wrong password',
  {
    given: [account],
    call: backend.signIn({ body: { email: ann, password: 'placeholder-of-somebody-else' } }),
    reply: { status: 401, body: { error: { code: 'unauthorized', message: 'Address or password is wrong.' } } },
  },
  async (api) => {
    expect(await refusalBy(anonymous(api).signIn(ann, 'placeholder-of-somebody-else'))).toMatchObject({
      kind: 'unauthorized',
      message: 'Address or password is wrong.',
    })
  },
)

frontend.records(
  'is told to wait after too many sign-ins',
  {
    given: [backend.states.signInLimitReached({ email: ann })],
    call: backend.signIn({ body: { email: ann, password } }),
    reply: {
      status: 429,
      body: { error: { code: 'too_many_attempts', message: 'Try again in 30 seconds.' } },
      headers: { 'retry-after': matching('^\\d+$', '30') },
    },
  },
  async (api) => {
    expect(await refusalBy(anonymous(api).signIn(ann, password))).toMatchObject({
      kind: 'too-many-attempts',
      waitSeconds: 30,
      message: 'Try again in 30 seconds.',
    })
  },
)

frontend.records(
  'knows who is signed in by the cookie',
  {
    given: [backend.states.signedIn({ email: ann })],
    call: backend.whoAmI(),
    reply: { status: 200, body: { id: userId, email: exactly(ann) } },
  },
  async (api) => {
    expect(await withCookie(api).whoAmI()).toEqual({ id: userId, email: ann })
  },
)

frontend.records(
  'knows who is signed in by the bearer token',
  {
    given: [backend.states.signedIn({ email: ann })],
    call: backend.whoAmI(),
    credential: 'bearer',
    reply: { status: 200, body: { id: userId, email: exactly(ann) } },
  },
  async (api) => {
    expect(await withBearer(api).whoAmI()).toEqual({ id: userId, email: ann })
  },
)

frontend.records(
  'knows that nobody is signed in',
  {
    call: backend.whoAmI(),
    reply: { status: 401, body: { error: { code: 'unauthorized', message: 'Sign in first.' } } },
  },
  async (api) => {
    expect(await anonymous(api).whoAmI()).toBeNull()
  },
)

frontend.records(
  'knows that the session is over',
  {
    given: [backend.states.sessionExpired({ email: ann })],
    call: backend.whoAmI(),
    reply: { status: 401, body: { error: { code: 'unauthorized', message: 'Sign in first.' } } },
  },
  async (api) => {
    expect(await withCookie(api).whoAmI()).toBeNull()
  },
)

frontend.records(
  'signs out and loses the cookie',
  {
    given: [backend.states.signedIn({ email: ann })],
    call: backend.signOut(),
    reply: { status: 204, headers: { 'set-cookie': matching('^token=;.*Max-Age=0.*$', 'token=; Path=/; Max-Age=0') } },
  },
  async (api) => {
    const jar = jarOf(api)
    await withJar(api, jar).signOut()
    expect(jar.header()).toBeUndefined()
  },
)
