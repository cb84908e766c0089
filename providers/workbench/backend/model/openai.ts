import { EventSourceParserStream } from 'eventsource-parser/stream'
import { z } from 'zod'
import { ModelError, type Chat, type LanguageModel } from './language-model.ts'

/** Where an OpenAI-compatible model is, and how long it may be silent. */
export type OpenAiOptions = Readonly<{
  /** The address before `/chat/completions`. */
  url: string
  key?: string | undefined
  /** Until the head of the reply. */
  connectMs?: number
  /** Between two pieces of the reply. */
  idleMs?: number
}>

/** The part of a "chat completion chunk" that is read. */
const Chunk = z.object({
  choices: z.array(z.object({ delta: z.object({ content: z.string().nullish() }) })),
})

/**
 * A model behind the OpenAI chat completions API, streaming.
 * @see https://platform.openai.com/docs/api-reference/chat-streaming
 */
export function openAiModel(options: OpenAiOptions): LanguageModel {
  const { connectMs = 10_000, idleMs = 30_000 } = options
  return {
    async *answer(chat, signal) {
      const silence = new SilenceTimer()
      const stop = AbortSignal.any([signal, silence.signal])
      try {
        silence.start(connectMs)
        const body = await request(options, chat, stop)
        silence.start(idleMs)
        for await (const text of texts(body)) {
          silence.start(idleMs)
          yield text
        }
      } catch (error) {
        if (silence.signal.aborted) throw new ModelError('the language model fell silent', { cause: error })
        throw signal.aborted || error instanceof ModelError ? error : broken(error)
      } finally {
        silence.stop()
      }
    },
  }
}

async function request({ url, key }: OpenAiOptions, chat: Chat, signal: AbortSignal): Promise<ReadableStream> {
  const response = await fetch(`${url.replace(/\/+$/, '')}/chat/completions`, {
    method: 'POST',
    headers: {
      accept: 'text/event-stream',
      'content-type': 'application/json',
      ...(key !== undefined && { authorization: `Bearer ${key}` }),
    },
    body: JSON.stringify({ ...chat, stream: true }),
    signal,
  })
  if (response.ok && response.body) return response.body
  await response.body?.cancel()
  // Not its text: such an API repeats parts of the key it was given.
  throw new ModelError(`the language model answered with status ${response.status}`)
}

async function* texts(body: ReadableStream): AsyncGenerator<string> {
  const events = body.pipeThrough(new TextDecoderStream()).pipeThrough(new EventSourceParserStream())
  for await (const { data } of events) {
    if (data === '[DONE]') return
    const text = textOf(data)
    if (text) yield text
  }
  throw new ModelError('the language model broke off before the end of its answer')
}

function textOf(data: string): string | null | undefined {
  try {
    return Chunk.parse(JSON.parse(data)).choices[0]?.delta.content
  } catch (error) {
    throw new ModelError('the language model sent something that is no chunk of an answer', { cause: error })
  }
}

function broken(error: unknown): ModelError {
  return new ModelError('the connection to the language model broke', { cause: error })
}

/** Aborts when nothing starts it anew in time. */
class SilenceTimer {
  readonly #controller = new AbortController()
  #timer: ReturnType<typeof setTimeout> | undefined

  get signal(): AbortSignal {
    return this.#controller.signal
  }

  start(milliseconds: number): void {
    this.stop()
    this.#timer = setTimeout(() => this.#controller.abort(), milliseconds)
  }

  stop(): void {
    clearTimeout(this.#timer)
  }
}
