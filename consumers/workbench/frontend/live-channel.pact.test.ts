import { backend } from '#contracts/workbench/backend.ts'
import { exactly } from '#harness/contract/example.ts'
import { ConnectionError, StreamBroken } from '#harness/client/errors.ts'
import { fault } from '#harness/fault/fault.ts'
import { consumer } from '#harness/pact/record/recorder.ts'
import { ann, bob, conversationId, messageId, otherConversationId, unknownId } from './testing/examples.ts'
import { withCookie } from './testing/recorded-api.ts'
import type { LiveChannel, LiveEvent } from './live-channel.ts'

const frontend = consumer('workbench-frontend').of(backend)
const { answerUnderWay, conversationExists, sessionExpired, streamedAnswer } = backend.states
const signedIn = backend.states.signedIn({ email: ann })
const own = conversationExists({ owner: ann, id: conversationId, title: 'Plans' })

async function next(channel: LiveChannel): Promise<LiveEvent | undefined> {
  for await (const event of channel) return event
  return undefined
}

function presenceOf(conversation: string) {
  return { receive: 'presence', data: { conversation_id: exactly(conversation), viewers: exactly(1) } } as const
}

frontend.records(
  'sees who else looks at a conversation',
  {
    given: [signedIn, own],
    call: backend.live(),
    conversation: [
      { send: 'subscribe', data: { conversation_id: conversationId } },
      presenceOf(conversationId),
      { send: 'unsubscribe', data: { conversation_id: conversationId } },
    ],
  },
  async (api) => {
    await using channel = await withCookie(api).openLiveChannel()
    channel.subscribe(conversationId)
    expect(await next(channel)).toEqual({ kind: 'presence', conversation: conversationId, viewers: 1 })
    channel.unsubscribe(conversationId)
  },
)

frontend.records(
  'looks at two conversations, and is not pushed an answer that is over',
  {
    given: [
      signedIn,
      own,
      streamedAnswer({ conversation: conversationId, message: messageId, tokens: ['Go ', 'to the sea.'] }),
      conversationExists({ owner: ann, id: otherConversationId, title: 'Recipes' }),
    ],
    call: backend.live(),
    conversation: [
      { send: 'subscribe', data: { conversation_id: conversationId } },
      presenceOf(conversationId),
      { send: 'subscribe', data: { conversation_id: otherConversationId } },
      presenceOf(otherConversationId),
    ],
  },
  async (api) => {
    await using channel = await withCookie(api).openLiveChannel()
    channel.subscribe(conversationId)
    expect(await next(channel)).toMatchObject({ kind: 'presence', conversation: conversationId })
    channel.subscribe(otherConversationId)
    expect(await next(channel)).toMatchObject({ kind: 'presence', conversation: otherConversationId })
  },
)

frontend.records(
  'sees an answer come in over the channel',
  {
    given: [
      signedIn,
      own,
      answerUnderWay({ conversation: conversationId, message: messageId, tokens: ['Go ', 'to the sea.'] }),
    ],
    call: backend.live(),
    conversation: [
      { send: 'subscribe', data: { conversation_id: conversationId } },
      presenceOf(conversationId),
      { receive: 'token', data: { conversation_id: exactly(conversationId), text: exactly('Go ') } },
      { receive: 'token', data: { conversation_id: exactly(conversationId), text: exactly('to the sea.') } },
      { receive: 'done', data: { conversation_id: exactly(conversationId), message_id: exactly(messageId) } },
    ],
    survives: [
      fault.slowTokens({ eventsPerSecond: 100 }),
      {
        fault: fault.cutAfter(1),
        async outcome(api) {
          await using channel = await withCookie(api).openLiveChannel()
          channel.subscribe(conversationId)
          expect(await next(channel)).toMatchObject({ kind: 'presence' })
          await expect(next(channel)).rejects.toThrow(StreamBroken)
        },
      },
    ],
  },
  async (api) => {
    await using channel = await withCookie(api).openLiveChannel()
    channel.subscribe(conversationId)
    expect([await next(channel), await next(channel), await next(channel), await next(channel)]).toEqual([
      { kind: 'presence', conversation: conversationId, viewers: 1 },
      { kind: 'text', conversation: conversationId, text: 'Go ' },
      { kind: 'text', conversation: conversationId, text: 'to the sea.' },
      { kind: 'done', conversation: conversationId, messageId },
    ])
  },
)

frontend.records(
  'is told that an unknown conversation cannot be looked at',
  {
    given: [signedIn],
    call: backend.live(),
    conversation: [
      { send: 'subscribe', data: { conversation_id: unknownId } },
      {
        receive: 'error',
        data: {
          conversation_id: exactly(unknownId),
          code: exactly('not_found' as const),
          message: 'There is no such conversation.',
        },
      },
    ],
  },
  async (api) => {
    await using channel = await withCookie(api).openLiveChannel()
    channel.subscribe(unknownId)
    expect(await next(channel)).toEqual({
      kind: 'failed',
      conversation: unknownId,
      reason: 'not_found',
      message: 'There is no such conversation.',
    })
  },
)

frontend.records(
  'cannot look at the conversation of somebody else, and the channel stays open',
  {
    given: [signedIn, own, conversationExists({ owner: bob, id: otherConversationId, title: 'Secrets' })],
    call: backend.live(),
    conversation: [
      { send: 'subscribe', data: { conversation_id: otherConversationId } },
      {
        receive: 'error',
        data: {
          conversation_id: exactly(otherConversationId),
          code: exactly('not_found' as const),
          message: 'There is no such conversation.',
        },
      },
      { send: 'subscribe', data: { conversation_id: conversationId } },
      presenceOf(conversationId),
    ],
  },
  async (api) => {
    await using channel = await withCookie(api).openLiveChannel()
    channel.subscribe(otherConversationId)
    expect(await next(channel)).toMatchObject({ kind: 'failed', reason: 'not_found' })
    channel.subscribe(conversationId)
    expect(await next(channel)).toMatchObject({ kind: 'presence', viewers: 1 })
  },
)

frontend.records(
  'is refused the channel when the session is over',
  { given: [sessionExpired({ email: ann })], call: backend.live(), refused: 401 },
  async (api) => {
    await expect(withCookie(api).openLiveChannel()).rejects.toThrow(ConnectionError)
  },
)
