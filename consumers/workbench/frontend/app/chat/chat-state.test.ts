import type { AnswerPart } from '../../chat.ts'
import type { Failure } from '../failures/failure.ts'
import { chatAfter, emptyChat, isComing, openQuestion, type ChatEvent, type ChatState } from './chat-state.ts'

const broken: Failure = { kind: 'broken-off', requestId: 'request-1' }

function after(...events: readonly ChatEvent[]): ChatState {
  return events.reduce(chatAfter, emptyChat)
}

function text(words: string): ChatEvent {
  return part({ kind: 'text', text: words })
}

function part(given: AnswerPart): ChatEvent {
  return { kind: 'part', part: given }
}

const asked: ChatEvent = { kind: 'asked', id: 'q1', text: 'Where to?' }
const done = part({ kind: 'done', messageId: 'a1' })

test('an answer grows word by word, and is a message in the end', () => {
  expect(after(asked).answer).toEqual({ text: '', phase: { kind: 'waiting' }, isOwn: true })
  expect(after(asked, text('Go '), text('north.')).answer).toEqual({
    text: 'Go north.',
    phase: { kind: 'coming' },
    isOwn: true,
  })
  expect(after(asked, text('Go '), text('north.'), done)).toEqual({
    entries: [
      { id: 'q1', role: 'user', content: 'Where to?' },
      { id: 'a1', role: 'assistant', content: 'Go north.' },
    ],
    answer: undefined,
  })
})

test('an answer that is stopped stays as far as it came', () => {
  const state = after(asked, text('Go '), part({ kind: 'stopped' }))
  expect(state.answer).toEqual({ text: 'Go ', phase: { kind: 'stopped' }, isOwn: true })
  expect(isComing(state)).toBe(false)
})

test('an answer that breaks off is resumed without losing what was shown', () => {
  const broke = after(asked, text('Go '), text('north '), { kind: 'resuming' })
  expect(broke.answer?.text).toBe('Go north ')
  const replaying = [text('Go '), text('north ')].reduce(chatAfter, broke)
  expect(replaying.answer).toMatchObject({ text: 'Go north ', phase: { kind: 'resuming', replayed: 'Go north ' } })
  const going = chatAfter(replaying, text('today.'))
  expect(going.answer).toMatchObject({ text: 'Go north today.', phase: { kind: 'coming' } })
  expect(chatAfter(going, done).entries.at(-1)?.content).toBe('Go north today.')
})

test('what is replayed to its end counts, however much was shown', () => {
  const state = after(asked, text('Go north'), { kind: 'resuming' }, text('Stay.'), done)
  expect(state.entries.at(-1)?.content).toBe('Stay.')
})

test('a failure says why, and leaves what came', () => {
  expect(after(asked, text('Go '), { kind: 'failed', failure: broken }).answer).toEqual({
    isOwn: true,
    text: 'Go ',
    phase: { kind: 'failed', why: 'The connection broke off.', failure: broken },
  })
  const said = part({ kind: 'failed', reason: 'model_failed', message: 'The model is tired.' })
  expect(after(asked, said).answer?.phase).toEqual({ kind: 'failed', why: 'The model is tired.', failure: undefined })
})

test('an answer that was loaded already is there once', () => {
  const messages = [{ id: 'a1', role: 'assistant' as const, content: 'Go north.', createdAt: new Date() }]
  expect(after({ kind: 'following' }, text('Go north.'), { kind: 'loaded', messages }, done).entries).toEqual([
    { id: 'a1', role: 'assistant', content: 'Go north.' },
  ])
})

test('a part of an answer that nobody waits for any more is nothing', () => {
  expect(after(text('late'))).toEqual(emptyChat)
  expect(after({ kind: 'following' }, { kind: 'left' }, done)).toEqual(emptyChat)
})

test('an answer that may come is none on its way until it begins', () => {
  const listening = after({ kind: 'listening' })
  expect(isComing(listening)).toBe(false)
  const began = chatAfter(listening, text('Go '))
  expect(began.answer).toEqual({ text: 'Go ', phase: { kind: 'coming' }, isOwn: false })
  expect(isComing(began)).toBe(true)
})

test('a question is open until it is answered', () => {
  expect(openQuestion(emptyChat)).toBeUndefined()
  expect(openQuestion(after(asked))).toBe('Where to?')
  expect(openQuestion(after(asked, text('Go.'), done))).toBeUndefined()
  expect(isComing(after(asked))).toBe(true)
})
