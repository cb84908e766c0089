import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { openAiModel } from './openai.ts'

const chat = { model: 'gpt-4', messages: [{ role: 'user' as const, content: 'Hello' }] }
const chunk = `data: ${JSON.stringify({ choices: [{ delta: { content: 'Hel' } }] })}\n\n`
const never = new AbortController().signal

/** A model on a port that says no more than `begin` does; `left` resolves when the caller has gone. */
async function silentModel(begin: (response: ServerResponse) => void) {
  const { promise: left, resolve } = Promise.withResolvers<void>()
  const server = createServer((_request, response) => {
    response.on('close', resolve)
    begin(response)
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    left,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      await new Promise((closed) => server.close(closed))
    },
  }
}

test('a model that does not begin to answer is a failure, and its connection is given up', async () => {
  await using silent = await silentModel(() => undefined)
  const reading = Array.fromAsync(openAiModel({ url: silent.url, connectMs: 30 }).answer(chat, never))
  await expect(reading).rejects.toMatchObject({ name: 'ModelError', message: 'the language model fell silent' })
  await silent.left
})

test('a model that falls silent in its answer is a failure', async () => {
  await using silent = await silentModel((response) => response.write(chunk))
  const reading = Array.fromAsync(openAiModel({ url: silent.url, idleMs: 30 }).answer(chat, never))
  await expect(reading).rejects.toMatchObject({ name: 'ModelError', message: 'the language model fell silent' })
  await silent.left
})

test('the call ends when the asker goes away', async () => {
  await using silent = await silentModel((response) => response.write(chunk))
  const gone = new AbortController()
  const reading = (async () => {
    for await (const _token of openAiModel({ url: silent.url }).answer(chat, gone.signal)) gone.abort()
  })()
  await expect(reading).rejects.toMatchObject({ name: 'AbortError' })
  await silent.left
})

test('the call ends when nobody wants more of the answer', async () => {
  await using silent = await silentModel((response) => response.write(chunk))
  for await (const token of openAiModel({ url: silent.url }).answer(chat, never)) {
    expect(token).toBe('Hel')
    break
  }
  await silent.left
})
