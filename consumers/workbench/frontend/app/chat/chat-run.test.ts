import { StreamBroken, TimeoutError, type CallContext } from '#harness/client/errors.ts'
import type { Answer, AnswerPart } from '../../chat.ts'
import { chatRun, type RunMeans } from './chat-run.ts'
import type { ChatEvent } from './chat-state.ts'

const context: CallContext = { operation: 'streamChat', url: 'http://backend.test', requestId: 'request-1' }
const go: AnswerPart = { kind: 'text', text: 'Go ' }
const north: AnswerPart = { kind: 'text', text: 'north.' }
const done: AnswerPart = { kind: 'done', messageId: 'a1' }

async function* answerOf(parts: readonly AnswerPart[], failure?: Error): Answer & AsyncGenerator<AnswerPart> {
  yield* parts
  if (failure) throw failure
}

type Answers = Readonly<{ asked?: Answer; followed?: Answer; isCurrent?: () => boolean }>

/** A run over answers that are given; what it told, and whether it ended the session. */
function runOver({ asked = answerOf([]), followed = answerOf([]), isCurrent = () => true }: Answers) {
  const told: ChatEvent[] = []
  let sessions = 1
  const means: RunMeans = {
    api: { sendMessage: () => asked, followAnswer: () => followed },
    conversation: 'c1',
    signal: new AbortController().signal,
    isCurrent,
    tell: (event) => void told.push(event),
    endSession: () => void sessions--,
  }
  return { run: chatRun(means), told, sessions: () => sessions }
}

const part = (given: AnswerPart): ChatEvent => ({ kind: 'part', part: given })

test('an answer that was accepted is taken up again where it breaks', async () => {
  const { run, told } = runOver({
    asked: answerOf([go], new StreamBroken(context, 'cut')),
    followed: answerOf([go, north, done]),
  })
  await run.ask('Where to?')
  expect(told).toEqual([part(go), { kind: 'resuming' }, part(go), part(north), part(done)])
})

test('a message that was not taken is not followed', async () => {
  const { run, told } = runOver({ asked: answerOf([], new TimeoutError(context, 'no answer')) })
  await run.ask('Where to?')
  expect(told).toMatchObject([{ kind: 'failed', failure: { kind: 'timed-out' } }])
})

test('what cannot be resumed says why', async () => {
  const broken = new StreamBroken(context, 'cut')
  const { run, told } = runOver({ asked: answerOf([go], broken), followed: answerOf([], broken) })
  await run.ask('Where to?')
  expect(told.at(-1)).toMatchObject({ kind: 'failed', failure: { kind: 'broken-off' } })
})

test('parts of an answer that another one took the place of are not told', async () => {
  const { run, told } = runOver({ asked: answerOf([go, { kind: 'stopped' }]), isCurrent: () => false })
  await run.ask('Where to?')
  expect(told).toEqual([])
})

test('a session that is over in the middle of an answer ends', async () => {
  const over: AnswerPart = { kind: 'failed', reason: 'session_expired', message: 'Sign in again.' }
  const { run, told, sessions } = runOver({ followed: answerOf([go, over]) })
  await run.follow()
  expect({ told, sessions: sessions() }).toEqual({ told: [part(go)], sessions: 0 })
})

test('listening says nothing where nothing comes', async () => {
  const { run, told } = runOver({ followed: answerOf([], new StreamBroken(context, 'cut')) })
  await run.listen()
  expect(told).toEqual([{ kind: 'left' }])
})

test('listening tells a failure of what has begun', async () => {
  const { run, told } = runOver({ followed: answerOf([go], new StreamBroken(context, 'cut')) })
  await run.listen()
  expect(told).toMatchObject([part(go), { kind: 'failed' }])
})
