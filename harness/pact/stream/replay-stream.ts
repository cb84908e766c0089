import type { Envelope, Run } from './envelope.ts'
import { preflight } from './preflight.ts'
import { replayChannel } from './replay-channel.ts'
import { replayEvents } from './replay-events.ts'

/** What a stream, channel or preflight gave, in the form of a pact's response, and what was wrong beyond its content. */
export type Replayed = Readonly<{ response: readonly unknown[]; problems: readonly StreamProblem[] }>

export type StreamProblem = Readonly<{
  code: 'stream-not-ended' | 'stream-held-back' | 'no-answer' | 'stream-mismatch'
  message: string
}>

export type ReplayOptions = Readonly<{ baseUrl: string; expected: readonly Run[]; timeoutMs: number }>

/** Does what an envelope says to a provider. */
export async function replayStream(envelope: Envelope, options: ReplayOptions): Promise<Replayed> {
  switch (envelope.transport) {
    case 'sse':
      return replayEvents(envelope, options)
    case 'ws':
      return replayChannel(envelope, options)
    case 'preflight':
      return { response: [await preflight(options.baseUrl, envelope, options.timeoutMs)], problems: [] }
  }
}
