import { backend } from '#contracts/workbench/backend.ts'
import { ConnectionError, ContractViolation } from '#harness/client/errors.ts'
import { exactly } from '#harness/contract/example.ts'
import { fault } from '#harness/fault/fault.ts'
import { consumer } from '#harness/pact/record/recorder.ts'
import type { RecordingApi } from '#harness/pact/record/recording.ts'
import type { Conversation } from './conversations.ts'
import { ann, bob, conversationId, time, unknownId } from './testing/examples.ts'
import { refusalBy } from './testing/outcome.ts'
import { withCookie } from './testing/recorded-api.ts'

const frontend = consumer('workbench-frontend').of(backend)
const { conversationExists, conversationsExist, sessionExpired, signedIn } = backend.states
const own = conversationExists({ owner: ann, id: conversationId, title: 'Plans', model: 'gpt-4' })
const notFound = { error: { code: 'not_found', message: 'There is no such conversation.' } }
const unauthorized = { error: { code: 'unauthorized', message: 'Sign in first.' } }

function listed(title: string) {
  return { id: conversationId, title: exactly(title), model: 'gpt-4', updated_at: time }
}

function invalid(field: string, message: string) {
  return {
    error: { code: 'validation_error', message: `Not valid: ${field}.`, details: [{ field: exactly(field), message }] },
  }
}

function create(api: RecordingApi): Promise<Conversation> {
  return withCookie(api).conversations.create({ title: 'Plans for spring', model: 'gpt-4' })
}

frontend.records(
  'creates a conversation',
  {
    given: [signedIn({ email: ann })],
    call: backend.createConversation({ body: { title: 'Plans for spring', model: 'gpt-4' } }),
    reply: {
      status: 201,
      body: { id: conversationId, title: exactly('Plans for spring'), model: exactly('gpt-4'), updated_at: time },
    },
    survives: [
      fault.latency(20),
      // It is not sent again by itself: there would be two.
      { fault: fault.reset(), outcome: (api) => expect(create(api)).rejects.toThrow(ConnectionError) },
      {
        fault: fault.rateLimited(30),
        outcome: async (api) =>
          expect(await refusalBy(create(api))).toMatchObject({ kind: 'too-many-attempts', waitSeconds: 30 }),
      },
    ],
  },
  async (api) => {
    expect(await create(api)).toEqual({
      id: conversationId,
      title: 'Plans for spring',
      model: 'gpt-4',
      updatedAt: new Date(time),
    })
  },
)

frontend.records(
  'is refused a conversation without a title',
  {
    given: [signedIn({ email: ann })],
    call: backend.createConversation({ body: { title: ' ', model: 'gpt-4' } }),
    reply: { status: 422, body: invalid('body.title', 'Too small: expected string to have >=1 characters') },
  },
  async (api) => {
    expect(await refusalBy(withCookie(api).conversations.create({ title: ' ', model: 'gpt-4' }))).toMatchObject({
      kind: 'invalid',
      fields: [{ field: 'body.title' }],
    })
  },
)

frontend.records(
  'lists no conversations where there are none',
  {
    given: [signedIn({ email: ann }), conversationsExist({ owner: ann, titles: [] })],
    call: backend.listConversations({ query: { page: 1, per_page: 20 } }),
    reply: {
      status: 200,
      body: { data: [], pagination: { page: exactly(1), total_items: exactly(0), total_pages: exactly(0) } },
    },
  },
  async (api) => {
    expect(await withCookie(api).conversations.list()).toEqual({
      conversations: [],
      page: 1,
      totalPages: 0,
      totalItems: 0,
    })
  },
)

const five = conversationsExist({ owner: ann, titles: ['One', 'Two', 'Three', 'Four', 'Five'] })

frontend.records(
  'lists the newest conversations first',
  {
    given: [signedIn({ email: ann }), five],
    call: backend.listConversations({ query: { page: 1, per_page: 2 } }),
    reply: {
      status: 200,
      body: {
        data: [listed('Five'), listed('Four')],
        pagination: { page: exactly(1), total_items: exactly(5), total_pages: exactly(3) },
      },
    },
    survives: [
      fault.reset({ times: 2 }),
      fault.status(503, { times: 2 }),
      {
        fault: fault.contentType('text/html'),
        outcome: (api) => expect(withCookie(api).conversations.list({ perPage: 2 })).rejects.toThrow(ContractViolation),
      },
    ],
  },
  async (api) => {
    const list = await withCookie(api).conversations.list({ perPage: 2 })
    expect(list.conversations.map(({ title }) => title)).toEqual(['Five', 'Four'])
    expect(list).toMatchObject({ page: 1, totalPages: 3, totalItems: 5 })
  },
)

frontend.records(
  'turns to the second page of conversations',
  {
    given: [signedIn({ email: ann }), five],
    call: backend.listConversations({ query: { page: 2, per_page: 2 } }),
    reply: {
      status: 200,
      body: {
        data: [listed('Three'), listed('Two')],
        pagination: { page: exactly(2), total_items: exactly(5), total_pages: exactly(3) },
      },
    },
  },
  async (api) => {
    const list = await withCookie(api).conversations.list({ page: 2, perPage: 2 })
    expect(list.conversations.map(({ title }) => title)).toEqual(['Three', 'Two'])
    expect(list).toMatchObject({ page: 2, totalPages: 3, totalItems: 5 })
  },
)

frontend.records(
  'does not list the conversations of somebody else',
  {
    given: [
      signedIn({ email: ann }),
      conversationsExist({ owner: ann, titles: [] }),
      conversationsExist({ owner: bob, titles: ['Secrets'] }),
    ],
    call: backend.listConversations({ query: { page: 1, per_page: 20 } }),
    reply: {
      status: 200,
      body: { data: [], pagination: { page: exactly(1), total_items: exactly(0), total_pages: exactly(0) } },
    },
  },
  async (api) => {
    expect((await withCookie(api).conversations.list()).conversations).toEqual([])
  },
)

frontend.records(
  'is refused the list when the session is over',
  {
    given: [sessionExpired({ email: ann })],
    call: backend.listConversations({ query: { page: 1, per_page: 20 } }),
    reply: { status: 401, body: unauthorized },
  },
  async (api) => {
    expect(await refusalBy(withCookie(api).conversations.list())).toMatchObject({ kind: 'unauthorized' })
  },
)

frontend.records(
  'opens a conversation',
  {
    given: [signedIn({ email: ann }), own],
    call: backend.getConversation({ params: { id: conversationId } }),
    reply: {
      status: 200,
      body: { id: exactly(conversationId), title: exactly('Plans'), model: exactly('gpt-4'), updated_at: time },
    },
  },
  async (api) => {
    expect(await withCookie(api).conversations.open(conversationId)).toEqual({
      id: conversationId,
      title: 'Plans',
      model: 'gpt-4',
      updatedAt: new Date(time),
    })
  },
)

frontend.records(
  'does not find an unknown conversation',
  {
    given: [signedIn({ email: ann })],
    call: backend.getConversation({ params: { id: unknownId } }),
    reply: { status: 404, body: notFound },
  },
  async (api) => {
    expect(await refusalBy(withCookie(api).conversations.open(unknownId))).toMatchObject({
      kind: 'not-found',
      message: 'There is no such conversation.',
    })
  },
)

frontend.records(
  'does not find the conversation of somebody else',
  {
    given: [signedIn({ email: ann }), conversationExists({ owner: bob, id: conversationId, title: 'Secrets' })],
    call: backend.getConversation({ params: { id: conversationId } }),
    reply: { status: 404, body: notFound },
  },
  async (api) => {
    expect(await refusalBy(withCookie(api).conversations.open(conversationId))).toMatchObject({ kind: 'not-found' })
  },
)

frontend.records(
  'renames a conversation',
  {
    given: [signedIn({ email: ann }), own],
    call: backend.renameConversation({ params: { id: conversationId }, body: { title: 'Plans for summer' } }),
    reply: {
      status: 200,
      body: {
        id: exactly(conversationId),
        title: exactly('Plans for summer'),
        model: exactly('gpt-4'),
        updated_at: time,
      },
    },
  },
  async (api) => {
    const renamed = await withCookie(api).conversations.rename(conversationId, 'Plans for summer')
    expect(renamed).toMatchObject({ id: conversationId, title: 'Plans for summer' })
  },
)

frontend.records(
  'is refused a title that is too long',
  {
    given: [signedIn({ email: ann }), own],
    call: backend.renameConversation({ params: { id: conversationId }, body: { title: 'x'.repeat(201) } }),
    reply: { status: 422, body: invalid('body.title', 'Too big: expected string to have <=200 characters') },
  },
  async (api) => {
    const renaming = withCookie(api).conversations.rename(conversationId, 'x'.repeat(201))
    expect(await refusalBy(renaming)).toMatchObject({ kind: 'invalid', fields: [{ field: 'body.title' }] })
  },
)

frontend.records(
  'cannot rename the conversation of somebody else',
  {
    given: [signedIn({ email: ann }), conversationExists({ owner: bob, id: conversationId, title: 'Secrets' })],
    call: backend.renameConversation({ params: { id: conversationId }, body: { title: 'Mine' } }),
    reply: { status: 404, body: notFound },
  },
  async (api) => {
    const renaming = withCookie(api).conversations.rename(conversationId, 'Mine')
    expect(await refusalBy(renaming)).toMatchObject({ kind: 'not-found' })
  },
)

frontend.records(
  'removes a conversation',
  {
    given: [signedIn({ email: ann }), own],
    call: backend.deleteConversation({ params: { id: conversationId } }),
    reply: { status: 204 },
  },
  async (api) => {
    await expect(withCookie(api).conversations.remove(conversationId)).resolves.toBeUndefined()
  },
)
