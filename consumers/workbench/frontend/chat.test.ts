import { rawServer } from '#harness/client/testing/raw-server.ts'
import { createApi } from './api.ts'
import type { AnswerPart } from './chat.ts'
import { conversationId } from './testing/examples.ts'
import { all } from './testing/outcome.ts'

/** A backend that begins each answer with the same word, and then says nothing more. */
async function endlessBackend() {
  let left: () => void = () => undefined
  const isLeft = new Promise<void>((resolve) => (left = resolve))
  let calls = 0
  const server = await rawServer((request, response) => {
    calls++
    request.resume()
    response.on('close', left)
    response.writeHead(200, { 'content-type': 'text/event-stream' }).write('event: token\ndata: {"text":"Go "}\n\n')
  })
  return { url: server.url, isLeft, calls: () => calls, [Symbol.asyncDispose]: server[Symbol.asyncDispose] }
}

test('an answer can be stopped in the middle, and the backend learns that nobody listens any more', async () => {
  await using backend = await endlessBackend()
  const stop = new AbortController()
  const parts: AnswerPart[] = []
  const answer = createApi({ baseUrl: backend.url }).sendMessage(conversationId, 'Where to?', { signal: stop.signal })
  for await (const part of answer) {
    parts.push(part)
    stop.abort()
  }
  expect(parts).toEqual([{ kind: 'text', text: 'Go ' }, { kind: 'stopped' }])
  await backend.isLeft
})

test('an answer that is followed can be stopped as well', async () => {
  await using backend = await endlessBackend()
  const stop = new AbortController()
  const answer = createApi({ baseUrl: backend.url }).followAnswer(conversationId, { signal: stop.signal })
  const kinds: string[] = []
  for await (const { kind } of answer) {
    kinds.push(kind)
    stop.abort()
  }
  expect(kinds).toEqual(['text', 'stopped'])
})

test('leaving the loop stops an answer too', async () => {
  await using backend = await endlessBackend()
  for await (const part of createApi({ baseUrl: backend.url }).sendMessage(conversationId, 'Where to?')) {
    expect(part).toEqual({ kind: 'text', text: 'Go ' })
    break
  }
  await backend.isLeft
})

test('a message is sent once, however often its answer is read', async () => {
  await using backend = await endlessBackend()
  const answer = createApi({ baseUrl: backend.url }).sendMessage(conversationId, 'Where to?')
  for await (const part of answer) if (part.kind === 'text') break
  expect(await all(answer)).toEqual([])
  expect(backend.calls()).toBe(1)
})
