import type { Call } from '#harness/contract/call.ts'
import type { Operation } from '#harness/contract/operation.ts'
import { exactly } from '#harness/contract/example.ts'
import { ConnectionError, ReplyError, StreamBroken, TimeoutError } from '#harness/client/errors.ts'
import { failureOf } from '#harness/client/testing/failure-of.ts'
import { duneId, libraryClient } from '#harness/client/testing/library-service.ts'
import type { ClientOptions } from '#harness/client/options.ts'
import { fault, type Fault } from '#harness/fault/fault.ts'
import { library } from '#harness/serve/example-contract.ts'
import type { AnyInteraction, Interaction } from '../interaction.ts'
import type { RecordingApi } from '../recording.ts'
import { runSurvival } from './run-survival.ts'
import type { Outcome } from './survives.ts'

/** Tries a fault on an interaction, which is typed as consumers write it. */
function tried<Op extends Operation>(
  interaction: Interaction<Op> & { readonly call: Call<Op> },
  one: Fault,
  outcome: Outcome,
): Promise<void> {
  const recorded = { contract: library, interaction: interaction as unknown as AnyInteraction }
  return runSurvival({ recorded, fault: one, outcome, timeoutMs: 5000 })
}

const caller = ({ url, placeholder }: RecordingApi, options: Partial<ClientOptions> = {}) =>
  libraryClient(url, { credentials: { kind: 'bearer', token: () => placeholder }, ...options })

const params = { id: duneId }
const reading = {
  call: library.getBook({ params }),
  reply: { status: 200, body: { id: duneId, title: exactly('Dune'), pages: 412 } },
} as const

async function read(api: RecordingApi): Promise<void> {
  const { body } = await caller(api).getBook({ params })
  expect(body).toMatchObject({ title: 'Dune', pages: 412 })
}

test.each([
  ['a reset', fault.reset({ times: 2 })],
  ['a gateway that reaches nobody', fault.status(503, { times: 2 })],
  ['latency', fault.latency(5)],
])('a client that tries again survives %s: its own run passes', async (_what, one) => {
  await tried(reading, one, read)
})

test('the outcome is what the test says of it, and it is told which fault it is', async () => {
  const faults: Fault[] = []
  await tried(reading, fault.rateLimited(30), async (api, one) => {
    faults.push(one)
    const failure = await failureOf(caller(api).getBook({ params }))
    expect(failure).toBeInstanceOf(ReplyError)
    expect(failure).toMatchObject({ status: 429, retryAfterSeconds: 30 })
  })
  expect(faults).toEqual([fault.rateLimited(30)])
})

test('a client that gives up is not survived', async () => {
  const failure = await failureOf(tried(reading, fault.reset(), read))
  expect(failure).toBeInstanceOf(ConnectionError)
})

test('a fault that nothing met was survived by nobody', async () => {
  await expect(tried(reading, fault.reset(), () => Promise.resolve())).rejects.toThrow('the fault never came about')
})

test('an outcome that never comes ends when its time is over', async () => {
  const recorded = { contract: library, interaction: reading as unknown as AnyInteraction }
  const trial = { recorded, fault: fault.hang(), outcome: read, timeoutMs: 50 }
  await expect(runSurvival(trial)).rejects.toThrow('it was not through after 50 ms')
})

test('a second try that sends something else than the first was recorded with is a mistake', async () => {
  const changed: Outcome = async (api) => {
    await failureOf(caller(api, { retries: 0 }).getBook({ params }))
    await caller(api).listBooks()
  }
  await expect(tried(reading, fault.reset({ times: 1 }), changed)).rejects.toThrow(
    /it sent something else than recorded:\n {2}path is "\/books" where the recording has "\/books\/3f6c/,
  )
})

const cover = new Blob([new Uint8Array([1, 2, 3])], { type: 'image/png' })
const covering = {
  call: library.putCover({ params, body: cover }),
  reply: { status: 200, body: { size: exactly(3) } },
} as const

test('an upload is sent again byte for byte, or not survived', async () => {
  await tried(covering, fault.reset({ times: 1 }), async (api) => {
    expect((await caller(api).putCover({ params, body: cover })).body).toEqual({ size: 3 })
  })
  const other = new Blob([new Uint8Array([1, 2])], { type: 'image/png' })
  const spoiled = tried(covering, fault.reset({ times: 1 }), async (api) => {
    await caller(api).putCover({ params, body: other })
  })
  await expect(spoiled).rejects.toThrow('body has 2 bytes, not those 3 of the recording')
})

const adding = {
  given: [library.states.member({ name: 'Ann' })],
  call: library.addBook({ body: { title: 'Emma', pages: 1 } }),
  reply: { status: 201, body: { id: duneId, title: 'Emma', pages: 1 }, headers: { location: `/books/${duneId}` } },
} as const

test('what may not be sent twice is not: the consumer is told', async () => {
  await tried(adding, fault.status(502), async (api) => {
    const failure = await failureOf(caller(api).addBook({ body: { title: 'Emma', pages: 1 } }))
    expect(failure).toMatchObject({ status: 502 })
  })
})

test('a recorded refusal, and a text, are played too', async () => {
  const unknown = { call: library.getBook({ params }), reply: { status: 404, body: { code: 'no_book' } } } as const
  await tried(unknown, fault.reset({ times: 1 }), async (api) => {
    const failure = await failureOf(caller(api).getBook({ params }))
    expect(failure).toMatchObject({ status: 404 })
  })
  const text = { call: library.readme(), reply: { status: 200, body: 'Read me.' } } as const
  await tried(text, fault.reset({ times: 1 }), async (api) => {
    expect((await caller(api).readme()).body).toBe('Read me.')
  })
})

const aloud = {
  call: library.readAloud({ params }),
  events: [
    { event: 'word', data: { text: 'a' }, id: '1' },
    { event: 'word', data: { text: 'b' }, id: '2' },
    { event: 'end', data: { words: 2 }, id: '3' },
  ],
} as const

async function heard(api: RecordingApi, options: Partial<ClientOptions> = {}): Promise<string[]> {
  const texts: string[] = []
  for await (const event of caller(api, options).readAloud({ params }))
    texts.push(event.event === 'word' ? event.data.text : 'end')
  return texts
}

test.each([
  ['a cut', fault.cutAfter(1, { times: 1 })],
  ['two cuts', fault.cutAfter(1, { times: 2 })],
  ['a slow voice', fault.slowTokens({ eventsPerSecond: 200, firstEventMs: 5, jitter: 0.5 })],
  ['a reset before the first word', fault.reset({ times: 1 })],
])('a stream with ids is taken up after %s, and nothing is heard twice', async (_what, one) => {
  await tried(aloud, one, async (api) => {
    expect(await heard(api)).toEqual(['a', 'b', 'end'])
  })
})

test('a stream that is not taken up is told as broken', async () => {
  await tried(aloud, fault.cutAfter(2), async (api) => {
    expect(await failureOf(heard(api, { retries: 0 }))).toBeInstanceOf(StreamBroken)
  })
})

test('a recording that resumes is played from its beginning', async () => {
  const [first, second, end] = aloud.events
  const resumed = { call: aloud.call, resumesAfter: [first], events: [second, end] } as const
  await tried(resumed, fault.cutAfter(1, { times: 1 }), async (api) => {
    expect(await heard(api)).toEqual(['a', 'b', 'end'])
  })
})

const asking = {
  given: [library.states.member({ name: 'Ann' })],
  call: library.desk(),
  credential: 'cookie',
  conversation: [
    { send: 'ask', data: { title: 'Emma' } },
    { receive: 'unknown', data: { title: 'Emma' } },
  ],
} as const

async function ask(api: RecordingApi, title = 'Emma'): Promise<unknown> {
  const { cookieJar } = await import('#harness/client/cookie-jar.ts')
  const jar = cookieJar()
  jar.set('sid', api.placeholder)
  await using channel = await caller(api, { credentials: { kind: 'cookies', jar }, timeoutMs: 1000 }).desk()
  channel.send({ type: 'ask', data: { title } })
  for await (const message of channel) return message.data
  return 'closed'
}

test('a channel is played to whoever opens it again', async () => {
  await tried(asking, fault.reset({ times: 1 }), async (api) => {
    expect(await failureOf(ask(api))).toBeInstanceOf(ConnectionError)
    expect(await ask(api)).toEqual({ title: 'Emma' })
  })
})

test('what is said on a channel otherwise than recorded is a mistake', async () => {
  await expect(tried(asking, fault.latency(1), async (api) => void (await ask(api, 'Dune')))).rejects.toThrow(
    'sent {"type":"ask","data":{"title":"Dune"}} where the recording has',
  )
})

test('a recorded refusal of a channel is played too', async () => {
  const refused = { call: library.desk(), credential: 'none', refused: 401 } as const
  await tried(refused, fault.latency(1), async (api) => {
    expect(await failureOf(caller(api, { credentials: { kind: 'none' } }).desk())).toBeInstanceOf(ConnectionError)
  })
  await tried(refused, fault.hang(), async (api) => {
    const options = { credentials: { kind: 'none' }, timeoutMs: 50 } as const
    expect(await failureOf(caller(api, options).desk())).toBeInstanceOf(TimeoutError)
  })
})

test('a fault that never meets the operation is a mistake', async () => {
  await expect(tried(reading, fault.cutAfter(1), read)).rejects.toThrow('fault "cut" never meets getBook')
})
