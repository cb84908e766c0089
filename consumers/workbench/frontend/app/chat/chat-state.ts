import type { AnswerPart } from '../../chat.ts'
import type { Message } from '../../conversations.ts'
import { textOf, type Failure } from '../failures/failure.ts'

/** A message that is complete. */
export type Entry = Readonly<{ id: string; role: Message['role']; content: string }>

/** An answer that is not, or not yet. */
export type ComingAnswer = Readonly<{
  text: string
  phase: Phase
  /** Whether it was asked for here. Such an answer ends when it is stopped; others go on without their readers. */
  isOwn: boolean
}>

export type Phase =
  /** `listening`: nobody knows whether one comes. */
  | Readonly<{ kind: 'listening' | 'waiting' | 'coming' | 'stopped' }>
  /** The connection broke: the answer comes again from its start; what was shown stays until that is longer. */
  | Readonly<{ kind: 'resuming'; replayed: string }>
  | Readonly<{ kind: 'failed'; why: string; failure: Failure | undefined }>

export type ChatState = Readonly<{ entries: readonly Entry[]; answer: ComingAnswer | undefined }>

export type ChatEvent =
  | Readonly<{ kind: 'loaded'; messages: readonly Message[] }>
  | Readonly<{ kind: 'asked'; id: string; text: string }>
  /** An answer that was asked for elsewhere, or before: one that is there, or may be. */
  | Readonly<{ kind: 'following' | 'listening' }>
  | Readonly<{ kind: 'resuming' }>
  | Readonly<{ kind: 'part'; part: AnswerPart }>
  | Readonly<{ kind: 'failed'; failure: Failure }>
  /** What was followed was none of interest. */
  | Readonly<{ kind: 'left' }>

export const emptyChat: ChatState = { entries: [], answer: undefined }

/** A conversation after something happened in it. */
export function chatAfter(state: ChatState, event: ChatEvent): ChatState {
  const { entries, answer } = state
  switch (event.kind) {
    case 'loaded':
      return { ...state, entries: event.messages.map(({ id, role, content }) => ({ id, role, content })) }
    case 'asked': {
      const asked = { id: event.id, role: 'user', content: event.text } as const
      return { entries: [...entries, asked], answer: begun('waiting', true) }
    }
    case 'following':
      return { ...state, answer: begun('waiting', false) }
    case 'listening':
      return { ...state, answer: begun('listening', false) }
    case 'resuming':
      return { ...state, answer: answer && { ...answer, phase: { kind: 'resuming', replayed: '' } } }
    case 'part':
      return answer ? afterPart(state, answer, event.part) : state
    case 'failed':
      return { ...state, answer: answer && failed(answer, textOf(event.failure), event.failure) }
    case 'left':
      return { ...state, answer: undefined }
    default:
      return event satisfies never
  }
}

function afterPart(state: ChatState, answer: ComingAnswer, part: AnswerPart): ChatState {
  switch (part.kind) {
    case 'text':
      return { ...state, answer: withText(answer, part.text) }
    case 'done': {
      const whole = { id: part.messageId, role: 'assistant', content: contentOf(answer) } as const
      const others = state.entries.filter(({ id }) => id !== whole.id)
      return { entries: [...others, whole], answer: undefined }
    }
    case 'failed':
      return { ...state, answer: failed(answer, part.message, undefined) }
    case 'stopped':
      return { ...state, answer: { ...answer, phase: { kind: 'stopped' } } }
    default:
      return part satisfies never
  }
}

function withText(answer: ComingAnswer, text: string): ComingAnswer {
  const { phase } = answer
  if (phase.kind !== 'resuming') return { ...answer, text: answer.text + text, phase: { kind: 'coming' } }
  const replayed = phase.replayed + text
  if (replayed.length <= answer.text.length) return { ...answer, phase: { kind: 'resuming', replayed } }
  return { ...answer, text: replayed, phase: { kind: 'coming' } }
}

/** An answer that is replayed to its end is what was replayed, also where more was shown before. */
function contentOf({ text, phase }: ComingAnswer): string {
  return phase.kind === 'resuming' ? phase.replayed : text
}

function begun(kind: 'listening' | 'waiting', isOwn: boolean): ComingAnswer {
  return { text: '', phase: { kind }, isOwn }
}

function failed(answer: ComingAnswer, why: string, failure: Failure | undefined): ComingAnswer {
  return { ...answer, phase: { kind: 'failed', why, failure } }
}

/** Whether an answer is on its way. */
export function isComing({ answer }: ChatState): boolean {
  return answer !== undefined && !['listening', 'stopped', 'failed'].includes(answer.phase.kind)
}

/** What was asked last; undefined where nothing was, or where it is answered. */
export function openQuestion({ entries }: ChatState): string | undefined {
  const last = entries.at(-1)
  return last?.role === 'user' ? last.content : undefined
}
