import type { ExchangeSummary, Notice, StackView } from '#harness/control/types.ts'
import { added, emptyLog, goesOn, listed, type ExchangeLog, type Listed } from '../log/exchange-log.ts'

/** How the page stands with the stack. `refused`: no token, or that of another stack. */
export type Phase =
  | Readonly<{ kind: 'connecting' }>
  | Readonly<{ kind: 'connected' }>
  /** Nobody looks: the stack is not asked until somebody does. */
  | Readonly<{ kind: 'resting' }>
  | Readonly<{ kind: 'lost'; reason: string }>
  | Readonly<{ kind: 'refused'; had: 'no token' | 'a wrong token' }>

/** A notice with a number of its own, to be put away by. */
export type NumberedNotice = Notice & Readonly<{ number: number }>

/** All that the page knows of the stack. */
export type FeedState = Readonly<{
  phase: Phase
  stack: StackView | undefined
  log: ExchangeLog
  notices: readonly NumberedNotice[]
}>

export const firstState: FeedState = {
  phase: { kind: 'connecting' },
  stack: undefined,
  log: emptyLog,
  notices: [],
}

type Read = Readonly<{ stack: StackView; list: Listed; meanwhile: readonly ExchangeSummary[] }>

/** What can happen to it. */
export type FeedChange =
  | Readonly<{ kind: 'phase'; phase: Phase }>
  /** Read after the connection was made: where the stack is another one, all begins anew. */
  | (Read & Readonly<{ kind: 'opened' }>)
  | (Read & Readonly<{ kind: 'read' }>)
  | Readonly<{ kind: 'arrived'; exchanges: readonly ExchangeSummary[] }>
  | Readonly<{ kind: 'noticed'; notice: NumberedNotice }>
  | Readonly<{ kind: 'put away'; number: number }>

const mostNotices = 50

export function changed(state: FeedState, change: FeedChange): FeedState {
  switch (change.kind) {
    case 'phase':
      return { ...state, phase: change.phase }
    case 'opened':
      return {
        ...state,
        phase: { kind: 'connected' },
        stack: change.stack,
        log: logAfter(goesOn(state.log, change.list) ? state.log : emptyLog, change),
      }
    case 'read':
      return { ...state, stack: change.stack, log: logAfter(state.log, change) }
    case 'arrived':
      return { ...state, log: added(state.log, change.exchanges) }
    case 'noticed':
      return { ...state, notices: [...state.notices, change.notice].slice(-mostNotices) }
    case 'put away':
      return { ...state, notices: state.notices.filter(({ number }) => number !== change.number) }
    default:
      return change satisfies never
  }
}

function logAfter(log: ExchangeLog, { list, meanwhile }: Read): ExchangeLog {
  return added(listed(log, list), meanwhile)
}
