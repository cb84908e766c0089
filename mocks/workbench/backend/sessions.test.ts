import { makeSessions } from './sessions.ts'

const ann = { id: '3f6c1a52-9a3c-4c55-8c1f-0a1f5b8d2f10', email: 'ann@example.com' }

test('a session lives for a day', () => {
  let time = 0
  const sessions = makeSessions(() => time)
  const { token } = sessions.begin(ann)
  time = 86_399_999
  expect(sessions.find(token)?.account).toEqual(ann)
  time = 86_400_000
  expect(sessions.find(token)).toBeUndefined()
})

test('a token says nothing of its account, and each session has another one', () => {
  const sessions = makeSessions()
  const tokens = [sessions.begin(ann).token, sessions.begin(ann).token]
  expect(new Set(tokens).size).toBe(2)
  for (const token of tokens) expect(token).toMatch(/^[0-9a-f-]{36}$/)
})

test('the end of a session is told to whoever holds it', () => {
  const sessions = makeSessions()
  const [one, other] = [sessions.begin(ann), sessions.begin({ id: 'bob', email: 'bob@example.com' })]
  sessions.endAll(ann.id)
  expect([one.ended.aborted, other.ended.aborted]).toEqual([true, false])
  sessions.endAll()
  expect(other.ended.aborted).toBe(true)
})
