import type { AnswerEvent, AnswerEvents, AnswerKey } from './answer-events.ts'
import { makeAnswers } from './answers.ts'

/** The events of answers, in memory; messages to listeners can be lost, and processes can die. */
function inMemory() {
  const last = new Map<string, string>()
  const events = new Map<string, AnswerEvent[]>()
  const listeners = new Set<(event: AnswerEvent) => void>()
  const condition = { telling: true, abandoned: false }
  const store: AnswerEvents = {
    async begin({ conversation, id }: AnswerKey) {
      last.set(conversation, id)
      events.set(id, [])
    },
    async add({ id }, event) {
      events.get(id)?.push(event)
      if (condition.telling) for (const listener of listeners) listener(event)
    },
    lastOf: (conversation) => Promise.resolve(last.get(conversation)),
    read: (id, after) => Promise.resolve((events.get(id) ?? []).slice(after)),
    isAbandoned: () => Promise.resolve(condition.abandoned),
    async listen(_conversation, listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
  return { answers: makeAnswers(store, 20), condition, listeners }
}

const never = new AbortController().signal

test('an event whose message was lost comes all the same', async () => {
  const { answers, condition } = inMemory()
  const answer = await answers.begin('c1', 'a1')
  await answer.token('one ')
  const follower = answers.follow('c1', { after: undefined, signal: never })
  expect((await follower.next()).value).toMatchObject({ number: 1 })
  condition.telling = false
  const next = follower.next()
  await answer.token('two')
  expect((await next).value).toMatchObject({ number: 2, data: { text: 'two' } })
  await follower.return(undefined)
})

test('an answer whose process died ends for its followers', async () => {
  const { answers, condition, listeners } = inMemory()
  const answer = await answers.begin('c1', 'a1')
  await answer.token('one ')
  condition.abandoned = true
  const followed = await Array.fromAsync(answers.follow('c1', { after: undefined, signal: never }))
  expect(followed).toMatchObject([
    { number: 1, event: 'token' },
    { number: 2, event: 'error', data: { code: 'model_failed' } },
  ])
  expect(listeners.size).toBe(0)
})

test('a follower who goes away leaves no listener behind', async () => {
  const { answers, listeners } = inMemory()
  const gone = new AbortController()
  const following = Array.fromAsync(answers.follow('c1', { after: undefined, signal: gone.signal }))
  gone.abort()
  expect(await following).toEqual([])
  expect(listeners.size).toBe(0)
})
