import { Readable } from 'node:stream'
import nock from 'nock'
import type { Chat } from './language-model.ts'
import { openAiModel, type OpenAiOptions } from './openai.ts'

const url = 'http://model.test/v1'
const chat: Chat = { model: 'gpt-4', messages: [{ role: 'user', content: 'Hello' }] }

beforeAll(() => nock.disableNetConnect())
afterEach(() => nock.cleanAll())
afterAll(() => nock.restore())

const chunk = (content: string | null): string => `data: ${JSON.stringify({ choices: [{ delta: { content } }] })}\n\n`
const done = 'data: [DONE]\n\n'

/** Answers the next call with a body that comes in these pieces. */
function replies(...pieces: (string | Buffer | Error)[]): nock.Scope {
  async function* body() {
    for (const piece of pieces) {
      if (piece instanceof Error) throw piece
      yield Buffer.from(piece)
    }
  }
  return nock(url)
    .post('/chat/completions')
    .reply(200, () => Readable.from(body()), { 'content-type': 'text/event-stream' })
}

function answer(options: Partial<OpenAiOptions> = {}) {
  return openAiModel({ url, ...options }).answer(chat, new AbortController().signal)
}

const whole = (tokens: AsyncIterable<string>): Promise<string[]> => Array.fromAsync(tokens)

test('the pieces of the answer come one by one', async () => {
  replies(chunk(''), chunk('Hel'), chunk('lo'), ': comment\n\n', chunk(null), done)
  expect(await whole(answer())).toEqual(['Hel', 'lo'])
})

test('the conversation and the key are sent as the API wants them', async () => {
  const scope = nock(url, { reqheaders: { authorization: 'Bearer placeholder-key', accept: 'text/event-stream' } })
    .post('/chat/completions', { ...chat, stream: true })
    .reply(200, done)
  expect(await whole(answer({ url: `${url}/`, key: 'placeholder-key' }))).toEqual([])
  scope.done()
})

test('pieces may be cut anywhere, also within a character', async () => {
  const bytes = Buffer.from(chunk('Grüße') + chunk(' 日本') + done)
  replies(...Array.from(bytes, (byte) => Buffer.of(byte)))
  expect(await whole(answer())).toEqual(['Grüße', ' 日本'])
})

test.each([401, 429, 500])('status %i is a failure that repeats nothing of the reply', async (status) => {
  nock(url)
    .post('/chat/completions')
    .reply(status, { error: { message: 'Incorrect API key: sk-1234' } })
  await expect(whole(answer())).rejects.toMatchObject({
    name: 'ModelError',
    message: `the language model answered with status ${status}`,
  })
})

test.each([
  ['no JSON', 'data: <html>\n\n'],
  ['an error object', 'data: {"error":{"message":"overloaded"}}\n\n'],
  ['another shape', 'data: {"choices":[{"text":"Hello"}]}\n\n'],
])('garbage is a failure: %s', async (_what, garbage) => {
  replies(chunk('Hel'), garbage, done)
  await expect(whole(answer())).rejects.toMatchObject({
    name: 'ModelError',
    message: 'the language model sent something that is no chunk of an answer',
  })
})

test('an answer that ends too early is a failure, after what came of it', async () => {
  replies(chunk('Hel'))
  const tokens: string[] = []
  const reading = (async () => {
    for await (const token of answer()) tokens.push(token)
  })()
  await expect(reading).rejects.toMatchObject({ name: 'ModelError', message: expect.stringContaining('broke off') })
  expect(tokens).toEqual(['Hel'])
})

test('a connection that breaks is a failure', async () => {
  replies(chunk('Hel'), new Error('cut'))
  await expect(whole(answer())).rejects.toMatchObject({ name: 'ModelError' })
  nock(url).post('/chat/completions').replyWithError('refused')
  await expect(whole(answer())).rejects.toMatchObject({
    name: 'ModelError',
    message: 'the connection to the language model broke',
  })
})
