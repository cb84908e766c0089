import type { Socket } from '#harness/serve/channel.ts'

/** What MSW gives of an intercepted WebSocket: just what is used of it. */
export type InterceptedClient = Readonly<{
  send: (data: string) => void
  close: (code?: number, reason?: string) => void
  addEventListener: {
    (type: 'message', listener: (event: MessageEvent<unknown>) => void): void
    (type: 'open' | 'close', listener: () => void): void
  }
}>

/** The provider's end of a WebSocket that MSW intercepted. */
export function socketOfClient(client: InterceptedClient): Socket {
  return {
    send: (text) => client.send(text),
    close: (code, reason) => client.close(code, reason),
    onMessage: (listener) => client.addEventListener('message', (event) => listener(String(event.data))),
    onClose: (listener) => client.addEventListener('close', () => listener()),
  }
}
