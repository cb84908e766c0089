import { backend } from '#contracts/workbench/backend.ts'
import { exactly } from '#harness/contract/example.ts'
import { consumer } from '#harness/pact/record/recorder.ts'
import { ann, conversationId, messageId, otherMessageId, time, unknownId } from './testing/examples.ts'
import { refusalBy } from './testing/outcome.ts'
import { withCookie } from './testing/recorded-api.ts'

const frontend = consumer('workbench-frontend').of(backend)
const signedIn = backend.states.signedIn({ email: ann })
const own = backend.states.conversationExists({ owner: ann, id: conversationId, title: 'Plans' })

frontend.records(
  'reads the messages of a conversation from the first on',
  {
    given: [
      signedIn,
      own,
      backend.states.messagesExist({
        conversation: conversationId,
        messages: [
          { id: messageId, role: 'user', content: 'Where to in spring?' },
          { id: otherMessageId, role: 'assistant', content: 'To the sea. Bring “boots”…' },
        ],
      }),
    ],
    call: backend.listMessages({ params: { id: conversationId } }),
    reply: {
      status: 200,
      body: {
        data: [
          {
            id: exactly(messageId),
            role: exactly('user' as const),
            content: exactly('Where to in spring?'),
            created_at: time,
          },
          {
            id: exactly(otherMessageId),
            role: exactly('assistant' as const),
            content: exactly('To the sea. Bring “boots”…'),
            created_at: time,
          },
        ],
      },
    },
  },
  async (api) => {
    expect(await withCookie(api).conversations.messages(conversationId)).toEqual([
      { id: messageId, role: 'user', content: 'Where to in spring?', createdAt: new Date(time) },
      { id: otherMessageId, role: 'assistant', content: 'To the sea. Bring “boots”…', createdAt: new Date(time) },
    ])
  },
)

frontend.records(
  'reads no messages of a new conversation',
  {
    given: [signedIn, own, backend.states.messagesExist({ conversation: conversationId, messages: [] })],
    call: backend.listMessages({ params: { id: conversationId } }),
    reply: { status: 200, body: { data: [] } },
  },
  async (api) => {
    expect(await withCookie(api).conversations.messages(conversationId)).toEqual([])
  },
)

frontend.records(
  'does not find the messages of an unknown conversation',
  {
    given: [signedIn],
    call: backend.listMessages({ params: { id: unknownId } }),
    reply: { status: 404, body: { error: { code: 'not_found', message: 'There is no such conversation.' } } },
  },
  async (api) => {
    const reading = withCookie(api).conversations.messages(unknownId)
    expect(await refusalBy(reading)).toMatchObject({ kind: 'not-found' })
  },
)
