import { backend } from '#contracts/workbench/backend.ts'
import { ContractViolation, StreamBroken } from '#harness/client/errors.ts'
import { exactly } from '#harness/contract/example.ts'
import { fault } from '#harness/fault/fault.ts'
import { consumer } from '#harness/pact/record/recorder.ts'
import type { RecordingApi } from '#harness/pact/record/recording.ts'
import type { Answer, AnswerPart } from './chat.ts'
import { ann, bob, conversationId, messageId, unknownId } from './testing/examples.ts'
import { all, refusalBy } from './testing/outcome.ts'
import { withCookie } from './testing/recorded-api.ts'

const frontend = consumer('workbench-frontend').of(backend)
const { conversationExists, modelAnswers, modelFails, sessionExpired, streamedAnswer } = backend.states
const signedIn = backend.states.signedIn({ email: ann })
const own = conversationExists({ owner: ann, id: conversationId, title: 'Plans' })
const notFound = { error: { code: 'not_found', message: 'There is no such conversation.' } }
const unauthorized = { error: { code: 'unauthorized', message: 'Sign in first.' } }

function asking(conversation: string) {
  return backend.streamChat({ body: { conversation_id: conversation, message: 'Where to in spring?' } })
}

function ask(api: RecordingApi): Answer {
  return withCookie(api).sendMessage(conversationId, 'Where to in spring?')
}

/** What came of an answer before it broke off is shown, and that it broke off. */
async function keeps(api: RecordingApi, shown: readonly AnswerPart[]): Promise<void> {
  const parts: AnswerPart[] = []
  const asked = async (): Promise<void> => {
    for await (const part of ask(api)) parts.push(part)
  }
  await expect(asked()).rejects.toThrow(StreamBroken)
  expect(parts).toEqual(shown)
}

frontend.records(
  'shows an answer as it comes',
  {
    given: [signedIn, own, modelAnswers({ text: 'Go to the sea.' })],
    call: asking(conversationId),
    events: [
      { event: 'token', data: { text: 'Go ' }, id: exactly('1') },
      { event: 'token', data: { text: 'to the sea.' }, id: exactly('2') },
      { event: 'done', data: { message_id: messageId } },
    ],
    progressive: true,
    survives: [
      fault.slowTokens({ firstEventMs: 20, eventsPerSecond: 100, jitter: 0.5 }),
      { fault: fault.cutAfter(1), outcome: (api) => keeps(api, [{ kind: 'text', text: 'Go ' }]) },
      { fault: fault.malformed(), outcome: (api) => expect(all(ask(api))).rejects.toThrow(ContractViolation) },
    ],
  },
  async (api) => {
    expect(await all(ask(api))).toEqual([
      { kind: 'text', text: 'Go ' },
      { kind: 'text', text: 'to the sea.' },
      { kind: 'done', messageId },
    ])
  },
)

frontend.records(
  'shows that the model failed in the middle of an answer',
  {
    given: [signedIn, own, modelFails({ afterTokens: 2 })],
    call: asking(conversationId),
    events: [
      { event: 'token', data: { text: 'Go ' }, id: exactly('1') },
      { event: 'token', data: { text: 'to ' }, id: exactly('2') },
      {
        event: 'error',
        data: { code: exactly('model_failed' as const), message: 'The answer could not be completed.' },
      },
    ],
  },
  async (api) => {
    const parts = await all(withCookie(api).sendMessage(conversationId, 'Where to in spring?'))
    expect(parts.slice(2)).toEqual([
      { kind: 'failed', reason: 'model_failed', message: 'The answer could not be completed.' },
    ])
  },
)

frontend.records(
  'is refused an answer when the session is over',
  {
    given: [sessionExpired({ email: ann }), own],
    call: asking(conversationId),
    reply: { status: 401, body: unauthorized },
  },
  async (api) => {
    const answer = withCookie(api).sendMessage(conversationId, 'Where to in spring?')
    expect(await refusalBy(all(answer))).toMatchObject({ kind: 'unauthorized' })
  },
)

frontend.records(
  'is refused an answer in an unknown conversation',
  {
    given: [signedIn],
    call: asking(unknownId),
    reply: { status: 404, body: notFound },
  },
  async (api) => {
    const answer = withCookie(api).sendMessage(unknownId, 'Where to in spring?')
    expect(await refusalBy(all(answer))).toMatchObject({ kind: 'not-found' })
  },
)

const streamed = streamedAnswer({
  conversation: conversationId,
  message: messageId,
  tokens: ['Go ', 'to ', 'the sea.'],
})

frontend.records(
  'follows the last answer from its first word',
  {
    given: [signedIn, own, streamed],
    call: backend.followChat({ query: { conversation: conversationId } }),
    events: [
      { event: 'token', data: { text: exactly('Go ') }, id: exactly('1') },
      { event: 'token', data: { text: exactly('to ') }, id: exactly('2') },
      { event: 'token', data: { text: exactly('the sea.') }, id: exactly('3') },
      { event: 'done', data: { message_id: exactly(messageId) } },
    ],
    survives: [fault.cutAfter(1, { times: 3 })],
  },
  async (api) => {
    expect(await all(withCookie(api).followAnswer(conversationId))).toEqual([
      { kind: 'text', text: 'Go ' },
      { kind: 'text', text: 'to ' },
      { kind: 'text', text: 'the sea.' },
      { kind: 'done', messageId },
    ])
  },
)

frontend.records(
  'goes on with an answer where its connection broke',
  {
    given: [signedIn, own, streamed],
    call: backend.followChat({ query: { conversation: conversationId } }),
    resumesAfter: [{ event: 'token', data: { text: 'Go ' }, id: '1' }],
    events: [
      { event: 'token', data: { text: exactly('to ') }, id: exactly('2') },
      { event: 'token', data: { text: exactly('the sea.') }, id: exactly('3') },
      { event: 'done', data: { message_id: exactly(messageId) } },
    ],
  },
  async (api) => {
    const texts: string[] = []
    for await (const part of withCookie(api).followAnswer(conversationId))
      if (part.kind === 'text') texts.push(part.text)
    expect(texts.join('')).toBe('Go to the sea.')
  },
)

frontend.records(
  'cannot follow the answers in the conversation of somebody else',
  {
    given: [signedIn, conversationExists({ owner: bob, id: conversationId, title: 'Secrets' })],
    call: backend.followChat({ query: { conversation: conversationId } }),
    reply: { status: 404, body: notFound },
  },
  async (api) => {
    expect(await refusalBy(all(withCookie(api).followAnswer(conversationId)))).toMatchObject({ kind: 'not-found' })
  },
)
