import { randomUUID } from 'node:crypto'
import { isLast, type AnswerEvent, type AnswerEvents } from './answer-events.ts'
import { Bell } from './bell.ts'

/** An answer that is being given. Each call gives the number of the event that it added. */
export type RunningAnswer = Readonly<{
  /** The id of the answer, and of the message that it becomes. */
  id: string
  token: (text: string) => Promise<number>
  done: () => Promise<number>
  fail: (message: string) => Promise<number>
}>

/** The answers of conversations: each conversation's last one can be read again, and followed while it is given. */
export type Answers = Readonly<{
  /** Begins a conversation's next answer, from now on its last one. */
  begin: (conversation: string, id?: string) => Promise<RunningAnswer>
  /**
   * The events of the conversation's last answer that come after a number, as they come; ends with the answer. Waits for
   * the next answer where there is none yet, or where the last one was seen to its end.
   */
  follow: (conversation: string, from: From) => AsyncGenerator<AnswerEvent>
  listen: AnswerEvents['listen']
}>

type From = Readonly<{ after: number | undefined; signal: AbortSignal }>

/**
 * Makes the answers over their events.
 * @param patienceMs how long a follower waits for news before it looks whether the answer was abandoned, or news were lost
 */
export function makeAnswers(events: AnswerEvents, patienceMs = 1_000): Answers {
  return {
    begin: (conversation, id = randomUUID()) => begin(events, conversation, id),
    follow: (conversation, from) => follow(events, conversation, { ...from, patienceMs }),
    listen: events.listen,
  }
}

async function begin(events: AnswerEvents, conversation: string, id: string): Promise<RunningAnswer> {
  const answer = { conversation, id }
  let number = 0
  async function add(event: AnswerEvent): Promise<number> {
    number = event.number
    await events.add(answer, event)
    return number
  }
  await events.begin(answer)
  return {
    id,
    token: (text) => add({ number: number + 1, event: 'token', data: { text } }),
    done: () => add({ number: number + 1, event: 'done', data: { message_id: id } }),
    fail: (message) => add({ number: number + 1, event: 'error', data: { code: 'model_failed', message } }),
  }
}

async function* follow(
  events: AnswerEvents,
  conversation: string,
  { after, signal, patienceMs }: From & Readonly<{ patienceMs: number }>,
): AsyncGenerator<AnswerEvent> {
  // What is heard only says that there is something new. It is then read from what is kept, so that nothing is missing
  // where a message got lost, and nothing comes twice.
  const bell = new Bell()
  const ring = (): void => bell.ring()
  const stopListening = await events.listen(conversation, ring)
  signal.addEventListener('abort', ring)
  try {
    const start = await startOf(events, conversation, after)
    while (start.id === undefined && !signal.aborted) {
      await bell.heard(patienceMs)
      const id = await events.lastOf(conversation)
      if (id !== start.seen) start.id = id
    }
    if (start.id !== undefined) yield* eventsOf(events, { id: start.id, after: start.after, signal, patienceMs }, bell)
  } finally {
    signal.removeEventListener('abort', ring)
    stopListening()
  }
}

/** The answer to follow, and after which of its events; no answer where the next one is to be waited for. */
type Start = { id: string | undefined; after: number; seen: string | undefined }

async function startOf(events: AnswerEvents, conversation: string, after: number | undefined): Promise<Start> {
  const id = await events.lastOf(conversation)
  if (id === undefined || after === undefined) return { id, after: 0, seen: undefined }
  const known = await events.read(id, 0)
  const last = known.at(-1)
  if (last && isLast(last) && after === last.number) return { id: undefined, after: 0, seen: id }
  // A number beyond this answer's events was given out by an earlier answer.
  return { id, after: after > known.length ? 0 : after, seen: undefined }
}

type Following = Readonly<{ id: string; after: number; signal: AbortSignal; patienceMs: number }>

async function* eventsOf(
  events: AnswerEvents,
  { id, after, signal, patienceMs }: Following,
  bell: Bell,
): AsyncGenerator<AnswerEvent> {
  let number = after
  let news = true
  while (!signal.aborted) {
    for (const event of await events.read(id, number)) {
      yield event
      number = event.number
      if (isLast(event)) return
    }
    if (!news && (await events.isAbandoned(id))) {
      const message = 'The answer was cut off.'
      yield { number: number + 1, event: 'error', data: { code: 'model_failed', message } }
      return
    }
    news = await bell.heard(patienceMs)
  }
}
