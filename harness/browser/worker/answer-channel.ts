import type { Socket } from '#harness/serve/channel.ts'
import type { ChannelDown, ChannelUp } from '../protocol.ts'
import type { Host } from './hosts.ts'
import { providerRequest } from './provider-http.ts'

type Asked = Readonly<{ url: string; protocols: readonly string[]; port: MessagePort }>

/** Opens a channel of a mock; what is said on it goes over the port. Aborting the signal closes it, as its page does. */
export async function answerChannel(host: Host, { url, protocols, port }: Asked, gone: AbortSignal): Promise<void> {
  const upgrade = await host.mock.service.upgrade(upgradeRequest(host, url, protocols))
  if (upgrade.kind === 'refused') return post(port, { kind: 'refused', status: upgrade.response.status })
  const messages = new Set<(text: string) => void>()
  const ends = new Set<() => void>()
  function end(): void {
    for (const listener of ends) listener()
    ends.clear()
  }
  const socket: Socket = {
    send: (text) => post(port, { kind: 'text', text }),
    close: (code, reason) => post(port, { kind: 'close', code, reason }),
    onMessage: (listener) => void messages.add(listener),
    onClose: (listener) => void ends.add(listener),
  }
  port.onmessage = ({ data }: MessageEvent<ChannelUp>) => {
    switch (data.kind) {
      case 'opened':
        return upgrade.open(socket)
      case 'text':
        return messages.forEach((listener) => listener(data.text))
      case 'closed':
        return end()
    }
  }
  gone.addEventListener('abort', end)
  post(port, { kind: 'accepted' })
}

function upgradeRequest({ jar }: Host, url: string, protocols: readonly string[]): Request {
  const headers = new Headers()
  const cookies = jar().header()
  if (cookies !== undefined) headers.set('cookie', cookies)
  if (protocols.length > 0) headers.set('sec-websocket-protocol', protocols.join(', '))
  return providerRequest(url.replace(/^ws/, 'http'), { headers })
}

function post(port: MessagePort, message: ChannelDown): void {
  port.postMessage(message)
}
