import type { Duplex } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import type { WebSocket } from 'ws'
import { jsonOr } from '#harness/contract/json.ts'
import { frameDelayMs } from './play-events.ts'

export type ScriptedStep = Readonly<{ send: string; data: unknown }> | Readonly<{ receive: string; data: unknown }>

/**
 * Speaks the provider's part of a conversation, to its end (true) or until the consumer leaves. `differs` is told what the
 * consumer sent otherwise than the script has.
 */
export async function playConversation(
  client: WebSocket,
  steps: readonly ScriptedStep[],
  differs: (problem: string) => void,
): Promise<boolean> {
  const waiting: string[] = []
  let wake: (() => void) | undefined
  client.on('message', (data: Buffer) => {
    waiting.push(data.toString('utf8'))
    wake?.()
  })
  client.on('close', () => wake?.())
  for (const step of steps) {
    if ('receive' in step) {
      await delay(frameDelayMs)
      client.send(JSON.stringify({ type: step.receive, data: step.data }))
      continue
    }
    while (waiting.length === 0 && client.readyState === client.OPEN)
      await new Promise<void>((resolve) => (wake = resolve))
    const got = waiting.shift()
    if (got === undefined) return false
    const wanted = { type: step.send, data: step.data }
    if (!isDeepStrictEqual(jsonOr(got, got), wanted))
      differs(`sent ${got} where the recording has ${JSON.stringify(wanted)}`)
  }
  return true
}

/** Answers an upgrade with a refusal, and ends the connection. */
export function refuseUpgrade(socket: Duplex, { status, body }: Readonly<{ status: number; body: unknown }>): void {
  const text = JSON.stringify(body)
  const head = [
    `HTTP/1.1 ${status} Refused`,
    'content-type: application/json',
    `content-length: ${Buffer.byteLength(text)}`,
    'connection: close',
  ]
  socket.end(`${head.join('\r\n')}\r\n\r\n${text}`)
}
