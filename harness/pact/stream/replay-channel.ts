import { WebSocket } from 'ws'
import { queryString } from '#harness/contract/path.ts'
import { toRuns, type RunItem, type WsEnvelope } from './envelope.ts'
import type { Replayed, ReplayOptions } from './replay-stream.ts'
import { isSufficient } from './sufficiency.ts'

type Named = RunItem & { name: string }

/** Milliseconds that a channel is listened to after the conversation, for messages that nobody expects. */
const lingerMs = 30

/**
 * Holds the conversation of an envelope with a provider: sends what the consumer sends, waits for as many messages as
 * the example has between two sends, and gives all that came. An upgrade that is refused gives its status.
 */
export async function replayChannel(envelope: WsEnvelope, { baseUrl, timeoutMs }: ReplayOptions): Promise<Replayed> {
  const url = `${baseUrl.replace(/^http/, 'ws')}${envelope.path}${queryString(envelope.query)}`
  const socket = new WebSocket(url, { headers: envelope.headers, handshakeTimeout: timeoutMs })
  const inbox = inboxOf(socket)
  try {
    const refused = await opened(socket)
    if (refused !== undefined) return { response: [{ refused }], problems: [] }
    const deadline = AbortSignal.timeout(timeoutMs)
    const silent = await converse(socket, envelope, { inbox, deadline })
    if (silent) return { response: toRuns(inbox.items), problems: [{ code: 'no-answer', message: silent }] }
    const count = inbox.items.length
    await inbox.until(() => inbox.items.length > count, AbortSignal.timeout(lingerMs))
    return { response: toRuns(inbox.items), problems: [] }
  } finally {
    socket.terminate()
  }
}

type Inbox = Readonly<{
  items: Named[]
  /** Waits until what came is enough; false where the signal came first or the channel closed. */
  until: (isEnough: () => boolean, signal: AbortSignal) => Promise<boolean>
}>

function inboxOf(socket: WebSocket): Inbox {
  const items: Named[] = []
  const listeners = new Set<() => void>()
  const wake = (): void => listeners.forEach((listener) => listener())
  socket.on('message', (data: Buffer) => {
    items.push(readFrame(data.toString('utf8')))
    wake()
  })
  socket.on('close', wake)
  return {
    items,
    until: (isEnough, signal) =>
      new Promise((resolve) => {
        function check(): void {
          const isOver = signal.aborted || socket.readyState !== WebSocket.OPEN
          if (!isEnough() && !isOver) return
          listeners.delete(check)
          signal.removeEventListener('abort', check)
          resolve(isEnough())
        }
        listeners.add(check)
        signal.addEventListener('abort', check)
        check()
      }),
  }
}

function readFrame(text: string): Named {
  try {
    const frame = JSON.parse(text) as Readonly<Record<string, unknown>>
    if (typeof frame['type'] === 'string') return { name: frame['type'], data: frame['data'] }
    return { name: `a frame without a type: ${text.slice(0, 80)}`, data: frame }
  } catch {
    return { name: `a frame that is no JSON: ${text.slice(0, 80)}`, data: null }
  }
}

async function opened(socket: WebSocket): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    socket.once('open', () => resolve(undefined))
    socket.once('unexpected-response', (_request, response) => {
      response.resume()
      resolve(response.statusCode ?? 0)
    })
    socket.once('error', reject)
  })
}

type Conversation = Readonly<{ inbox: Inbox; deadline: AbortSignal }>

/** Gives what did not come, where something did not. */
async function converse(
  socket: WebSocket,
  { steps }: WsEnvelope,
  { inbox, deadline }: Conversation,
): Promise<string | undefined> {
  const expected: Named[] = []
  for (const step of steps) {
    if ('send' in step) socket.send(JSON.stringify({ type: step.send, data: step.data }))
    else {
      expected.push({ name: step.receive, data: undefined })
      const isThere = await inbox.until(() => isSufficient(toRuns(inbox.items), toRuns(expected)), deadline)
      if (!isThere) return `"${step.receive}" (message ${expected.length}) did not come.`
    }
  }
  return undefined
}
