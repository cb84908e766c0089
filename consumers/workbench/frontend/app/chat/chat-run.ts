import type { Api } from '../../api.ts'
import type { Answer } from '../../chat.ts'
import { failureOf, type Failure } from '../failures/failure.ts'
import type { ChatEvent } from './chat-state.ts'

/** What one answer is shown with. */
export type RunMeans = Readonly<{
  api: Pick<Api, 'sendMessage' | 'followAnswer'>
  conversation: string
  /** Aborted when the answer is stopped, or another one takes its place. */
  signal: AbortSignal
  /** Whether no other answer took its place. */
  isCurrent: () => boolean
  tell: (event: ChatEvent) => void
  endSession: () => void
}>

/** One answer, to be had in one of these ways. */
export type ChatRun = Readonly<{
  ask: (text: string) => Promise<void>
  follow: () => Promise<void>
  listen: () => Promise<void>
}>

/** Why an answer did not come to its end, and whether anything of it came. */
type Shown = Readonly<{ failure: Failure | undefined; hasBegun: boolean }>

/** Shows an answer: tells its parts as they come, and in the end why there are no more. */
export function chatRun({ api, conversation, signal, isCurrent, tell, endSession }: RunMeans): ChatRun {
  async function show(answer: Answer): Promise<Shown> {
    let hasBegun = false
    try {
      for await (const part of answer) {
        if (!isCurrent()) break
        hasBegun = true
        if (part.kind === 'failed' && part.reason === 'session_expired') endSession()
        else tell({ kind: 'part', part })
      }
      return { failure: undefined, hasBegun }
    } catch (error) {
      return { failure: signal.aborted ? undefined : failureOf(error), hasBegun }
    }
  }
  function end(failure: Failure | undefined): void {
    if (failure?.kind === 'unauthorized') endSession()
    else if (failure) tell({ kind: 'failed', failure })
  }
  const following = (): Promise<Shown> => show(api.followAnswer(conversation, { signal }))
  return {
    async ask(text) {
      const { failure, hasBegun } = await show(api.sendMessage(conversation, text, { signal }))
      if (!failure || !isBreak(failure, hasBegun)) return end(failure)
      tell({ kind: 'resuming' })
      end((await following()).failure)
    },
    async follow() {
      end((await following()).failure)
    },
    async listen() {
      const { failure, hasBegun } = await following()
      if (failure && !hasBegun && failure.kind !== 'unauthorized') tell({ kind: 'left' })
      else end(failure)
    },
  }
}

/** Whether an answer that was accepted broke off, so that the rest of it may be had. */
function isBreak({ kind }: Failure, hasBegun: boolean): boolean {
  return kind === 'broken-off' || (kind === 'unreachable' && hasBegun)
}
