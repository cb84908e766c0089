import { WebSocketServer } from 'ws'
import { StreamBroken } from '#harness/client/errors.ts'
import { deadUrl, rawServer } from '#harness/client/testing/raw-server.ts'
import { createApi } from './api.ts'
import { conversationId, messageId } from './testing/examples.ts'
import { all } from './testing/outcome.ts'

const about = { conversation_id: conversationId }

/** A backend that pushes some messages to whoever opens its channel, and then closes it. */
async function pushing(messages: readonly unknown[], code: number) {
  const open = new WebSocketServer({ noServer: true })
  const server = await rawServer(() => undefined)
  server.server.on('upgrade', (request, socket, head) => {
    open.handleUpgrade(request, socket, head, (client) => {
      for (const message of messages) client.send(JSON.stringify(message))
      client.close(code)
    })
  })
  return server
}

test('answers and presence of a conversation are pushed', async () => {
  await using backend = await pushing(
    [
      { type: 'presence', data: { ...about, viewers: 2 } },
      { type: 'token', data: { ...about, text: 'Go ' } },
      { type: 'done', data: { ...about, message_id: messageId } },
      { type: 'error', data: { ...about, code: 'model_failed', message: 'The answer was broken off.' } },
    ],
    1000,
  )
  const channel = await createApi({ baseUrl: backend.url }).openLiveChannel()
  expect(await all(channel)).toEqual([
    { kind: 'presence', conversation: conversationId, viewers: 2 },
    { kind: 'text', conversation: conversationId, text: 'Go ' },
    { kind: 'done', conversation: conversationId, messageId },
    { kind: 'failed', conversation: conversationId, reason: 'model_failed', message: 'The answer was broken off.' },
  ])
})

test('a channel that the backend closes because the session is over is an error with its code', async () => {
  await using backend = await pushing([], 1008)
  const channel = await createApi({ baseUrl: backend.url }).openLiveChannel()
  const reading = all(channel)
  await expect(reading).rejects.toThrow(StreamBroken)
  await expect(reading).rejects.toThrow('closed with 1008')
  expect(() => channel.subscribe(conversationId)).toThrow(StreamBroken)
})

test('the channel may be at another address than the rest', async () => {
  await using backend = await pushing([], 1000)
  const api = createApi({ baseUrl: await deadUrl(), wsUrl: backend.url.replace(/^http/, 'ws') })
  expect(await all(await api.openLiveChannel())).toEqual([])
})
