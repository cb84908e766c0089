/** One event of an answer; the first one has the number 1. */
export type AnswerEvent = Readonly<{ number: number }> & Content

type Content =
  | Readonly<{ event: 'token'; data: Readonly<{ text: string }> }>
  | Readonly<{ event: 'done'; data: Readonly<{ message_id: string }> }>
  | Readonly<{ event: 'error'; data: Readonly<{ code: 'model_failed'; message: string }> }>

/** An answer that is being given. Each call gives the number of the event that it added. */
export type RunningAnswer = Readonly<{
  /** The id of the answer, and of the message that it becomes. */
  id: string
  token: (text: string) => number
  done: () => number
  fail: (message: string) => number
}>

/** The answers of the conversations: each conversation's last one can be read again and followed while it is given. */
export type Answers = Readonly<{
  /** Begins a conversation's next answer, from now on its last one. */
  begin: (conversation: string, id?: string) => RunningAnswer
  /**
   * The events of the conversation's last answer that come after a number, as they come; ends with the answer. Waits for
   * the next answer where there is none yet, or where the last one was seen to its end.
   */
  follow: (
    conversation: string,
    from: Readonly<{ after: number | undefined; signal: AbortSignal }>,
  ) => AsyncGenerator<AnswerEvent>
  /** Calls the listener with each event of the conversation's answers from now on; what it gives back ends that. */
  listen: (conversation: string, listener: (event: AnswerEvent) => void) => () => void
}>

type Answer = Readonly<{ id: string; events: AnswerEvent[] }>

export function makeAnswers(): Answers {
  const last = new Map<string, Answer>()
  const listeners = new Map<string, Set<(event: AnswerEvent) => void>>()

  function listen(conversation: string, listener: (event: AnswerEvent) => void): () => void {
    const others = listeners.get(conversation) ?? new Set()
    listeners.set(conversation, others.add(listener))
    return () => void others.delete(listener)
  }
  async function news(conversation: string, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return
    const { promise, resolve } = Promise.withResolvers<void>()
    const wake = (): void => resolve()
    const stopListening = listen(conversation, wake)
    signal.addEventListener('abort', wake)
    await promise
    signal.removeEventListener('abort', wake)
    stopListening()
  }
  function begin(conversation: string, id: string = crypto.randomUUID()): RunningAnswer {
    const events: AnswerEvent[] = []
    last.set(conversation, { id, events })
    function add(content: Content): number {
      const event = { number: events.length + 1, ...content }
      events.push(event)
      for (const listener of listeners.get(conversation) ?? []) listener(event)
      return event.number
    }
    return {
      id,
      token: (text) => add({ event: 'token', data: { text } }),
      done: () => add({ event: 'done', data: { message_id: id } }),
      fail: (message) => add({ event: 'error', data: { code: 'model_failed', message } }),
    }
  }
  return {
    begin,
    listen,
    async *follow(conversation, { after, signal }) {
      const start = startOf(last.get(conversation), after)
      let { answer, seen } = start
      while (!signal.aborted) {
        const newest = last.get(conversation)
        if (newest !== start.skipped) answer ??= newest
        for (let next = answer?.events[seen]; next; next = answer?.events[seen]) {
          seen = next.number
          yield next
          if (next.event !== 'token') return
        }
        await news(conversation, signal)
      }
    },
  }
}

/** Which answer to follow: the one known, from some event on; or the first one that is not `skipped`. */
type Start = Readonly<{ answer: Answer | undefined; seen: number; skipped: Answer | undefined }>

function startOf(known: Answer | undefined, after: number | undefined): Start {
  const length = known?.events.length ?? 0
  const isOver = known?.events.at(-1)?.event !== 'token' && length > 0
  if (isOver && after === length) return { answer: undefined, seen: 0, skipped: known }
  // A number beyond this answer's events was given out by an earlier answer.
  return { answer: known, seen: after !== undefined && after <= length ? after : 0, skipped: undefined }
}
