import { backend } from '#contracts/workbench/backend.ts'
import { client } from '#harness/client/client.ts'
import { cookieJar } from '#harness/client/cookie-jar.ts'
import { consumer } from '#harness/pact/record/recorder.ts'
import { exactly, matching } from '#harness/contract/example.ts'

const frontend = consumer('workbench-frontend').of(backend)
const email = 'ann@example.com'
const signedIn = backend.states.signedIn({ email })
const conversation = '3f6c1a52-9a3c-4c55-8c1f-0a1f5b8d2f10'

function api(url: string) {
  const jar = cookieJar()
  jar.set('token', 'placeholder')
  return client(backend, { baseUrl: url, credentials: { kind: 'cookies', jar } })
}

frontend.records(
  'creates a conversation',
  {
    given: [signedIn],
    call: backend.createConversation({ body: { title: 'Test', model: 'gpt-4' } }),
    reply: { status: 201, body: { id: conversation, title: exactly('Test') } },
  },
  async ({ url }) => {
    const { body } = await api(url).createConversation({ body: { title: 'Test', model: 'gpt-4' } })
    expect(body).toEqual({ id: conversation, title: 'Test' })
    expect(() => body.model).toThrow('lacks $.model')
  },
)

frontend.records(
  'signs in',
  {
    given: [backend.states.userExists({ email, password: 'placeholder-1' })],
    call: backend.signIn({ body: { email, password: 'placeholder-1' } }),
    reply: {
      status: 200,
      body: { user: { email: exactly(email) } },
      headers: { 'set-cookie': matching('^token=[^;]+; .*HttpOnly.*$', 'token=placeholder; Path=/; HttpOnly') },
    },
  },
  async ({ url }) => {
    const { body } = await api(url).signIn({ body: { email, password: 'placeholder-1' } })
    expect(body.user.email).toBe(email)
  },
)

frontend.records(
  'streams an answer',
  {
    given: [signedIn, backend.states.conversationExists({ owner: email, id: conversation, title: 'Chat' })],
    call: backend.streamChat({ body: { conversation_id: conversation, message: 'Hello' } }),
    events: [
      { event: 'token', data: { text: 'You ' }, id: exactly('1') },
      { event: 'token', data: { text: 'said: ' } },
      { event: 'done', data: { message_id: conversation } },
    ],
    progressive: true,
  },
  async ({ url }) => {
    const names: string[] = []
    for await (const event of api(url).streamChat({ body: { conversation_id: conversation, message: 'Hello' } }))
      names.push(event.event)
    expect(names).toEqual(['token', 'token', 'done'])
  },
)

frontend.records(
  'follows a conversation over the channel',
  {
    given: [signedIn, backend.states.conversationExists({ owner: email, id: conversation, title: 'Chat' })],
    call: backend.live(),
    conversation: [
      { send: 'subscribe', data: { conversation_id: conversation } },
      { receive: 'presence', data: { conversation_id: exactly(conversation), viewers: exactly(1) } },
    ],
  },
  async ({ url }) => {
    await using channel = await api(url).live()
    channel.send({ type: 'subscribe', data: { conversation_id: conversation } })
    for await (const message of channel) {
      expect(message.type).toBe('presence')
      break
    }
  },
)

frontend.recordsPreflight(
  'may rename from its own origin',
  backend.renameConversation({ params: { id: conversation }, body: { title: 'x' } }),
  {
    origin: 'http://localhost:4510',
  },
)
