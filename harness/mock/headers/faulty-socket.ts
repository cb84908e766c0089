import { halfText } from '#harness/fault/break-off.ts'
import type { Fault } from '#harness/fault/fault.ts'
import type { Socket } from '#harness/serve/channel.ts'
import { itemFaults } from './item-faults.ts'
import { faultHeader } from './names.ts'
import { pacer } from './pace.ts'

/** The code of a close that stands for a broken connection, on hosts that cannot break one (RFC 6455 §7.4.2: private use). */
const brokenOff = 4006

/**
 * The provider's end of a channel with faults on what it sends. A cut breaks the connection off; a host that cannot do
 * that (MSW in process and in the browser) closes with 4006 and says why.
 */
export function faultySocket(socket: Socket, faults: readonly Fault[], life: AbortSignal): Socket {
  const closed = new AbortController()
  const { fateOf, gap, breaksAtOnce } = itemFaults(faults, halfText)
  const signals = [life, closed.signal]
  const pace = pacer(gap, signals)
  const isSlow = faults.some(({ kind }) => kind === 'slowTokens')
  let sent = Promise.resolve()
  socket.onClose(() => closed.abort())

  function end(how: () => void): void {
    if (closed.signal.aborted) return
    closed.abort()
    how()
  }
  function cutNow(): void {
    if (socket.terminate) socket.terminate()
    else socket.close(brokenOff, `${faultHeader}: cut; a broken connection cannot be shown in process`)
  }
  function breakOff(): void {
    // In a turn of its own: what was sent before has to go out.
    end(() => void setTimeout(cutNow))
  }
  function sendNow(texts: readonly string[], breaks: boolean): void {
    if (closed.signal.aborted) return
    for (const text of texts) socket.send(text)
    if (breaks) breakOff()
  }
  async function sendSlowly(texts: readonly string[], breaks: boolean): Promise<void> {
    for (const text of texts) {
      await pace()
      sendNow([text], false)
    }
    if (breaks) breakOff()
  }
  return {
    ...socket,
    send(text) {
      if (breaksAtOnce) return breakOff()
      const { texts, breaks } = fateOf(text)
      if (isSlow) sent = sent.then(() => sendSlowly(texts, breaks))
      else sendNow(texts, breaks)
    },
    close(code, reason) {
      sent = sent.then(() => end(() => socket.close(code, reason)))
    },
  }
}
