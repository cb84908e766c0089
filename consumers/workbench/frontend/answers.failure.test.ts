import nock from 'nock'
import { ContractViolation, StreamBroken } from '#harness/client/errors.ts'
import { createApi } from './api.ts'
import type { Answer, AnswerPart } from './chat.ts'
import { conversationId, messageId } from './testing/examples.ts'

const origin = 'http://backend.test'
const asStream = { 'content-type': 'text/event-stream' }
const api = createApi({ baseUrl: origin, retries: 2, retryDelayMs: 1 })

const go = 'id: 1\nevent: token\ndata: {"text":"Go "}\n\n'
const there = 'id: 2\nevent: token\ndata: {"text":"there."}\n\n'
const done = `id: 3\nevent: done\ndata: {"message_id":"${messageId}"}\n\n`

beforeAll(() => nock.disableNetConnect())
afterEach(() => nock.cleanAll())
afterAll(() => nock.restore())

/** What was shown of an answer, and what it failed with. */
async function shown(answer: Answer): Promise<{ parts: AnswerPart[]; failure: unknown }> {
  const parts: AnswerPart[] = []
  try {
    for await (const part of answer) parts.push(part)
    return { parts, failure: undefined }
  } catch (failure) {
    return { parts, failure }
  }
}

test('an answer that breaks off keeps what was shown, is told, and is not asked for twice', async () => {
  nock(origin).post('/api/chat/stream').twice().reply(200, go, asStream)
  const { parts, failure } = await shown(api.sendMessage(conversationId, 'Where to?'))
  expect(parts).toEqual([{ kind: 'text', text: 'Go ' }])
  expect(failure).toBeInstanceOf(StreamBroken)
  expect(nock.pendingMocks()).toHaveLength(1)
})

test('an answer that is followed goes on where it broke off', async () => {
  const resumed: unknown[] = []
  nock(origin).get('/api/chat/stream').query({ conversation: conversationId }).reply(200, go, asStream)
  nock(origin)
    .get('/api/chat/stream')
    .query({ conversation: conversationId })
    .reply((request: Request) => {
      resumed.push(request.headers.get('last-event-id'))
      return [200, there + done, asStream]
    })
  expect(await shown(api.followAnswer(conversationId))).toEqual({
    parts: [
      { kind: 'text', text: 'Go ' },
      { kind: 'text', text: 'there.' },
      { kind: 'done', messageId },
    ],
    failure: undefined,
  })
  expect(resumed).toEqual(['1'])
})

test('an answer that never gets further is given up', async () => {
  nock(origin).get('/api/chat/stream').query(true).times(3).reply(200, '', asStream)
  expect((await shown(api.followAnswer(conversationId))).failure).toBeInstanceOf(StreamBroken)
  expect(nock.isDone()).toBe(true)
})

test.each([
  ['a page', '<html></html>', { 'content-type': 'text/html' }],
  ['events of another format', 'data: {"type":"token","data":"Go "}\n\n', asStream],
  ['events of another name', 'event: chunk\ndata: {"text":"Go "}\n\n', asStream],
  ['data that is no JSON', 'event: token\ndata: Go\n\n', asStream],
  ['data of another type', 'event: token\ndata: {"text":null}\n\n', asStream],
  ['data without its field', 'event: token\ndata: {"content":"Go "}\n\n', asStream],
])('%s in place of an answer shows nothing, and is told', async (_what, body, headers) => {
  nock(origin).post('/api/chat/stream').reply(200, body, headers)
  const { parts, failure } = await shown(api.sendMessage(conversationId, 'Where to?'))
  expect(parts).toEqual([])
  expect(failure).toBeInstanceOf(ContractViolation)
})

test('an answer can be stopped while it is waited for, which is no failure', async () => {
  nock(origin)
    .post('/api/chat/stream')
    .reply(() => new Promise(() => undefined))
  const stop = new AbortController()
  const answer = shown(api.sendMessage(conversationId, 'Where to?', { signal: stop.signal }))
  stop.abort()
  expect(await answer).toEqual({ parts: [{ kind: 'stopped' }], failure: undefined })
})
