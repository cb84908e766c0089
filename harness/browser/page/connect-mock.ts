import type { InterceptedClient } from '#harness/mock/msw/socket.ts'
import type { ChannelDown, ChannelUp } from '../protocol.ts'
import type { MockLink } from './mock-link.ts'

/** Has a channel answered by a mock. Resolves when the mock has accepted or refused it. */
export function connectMock(
  link: MockLink,
  client: InterceptedClient & Readonly<{ url: URL }>,
  given: unknown,
): Promise<void> {
  const protocols = [given].flat().filter((item): item is string => typeof item === 'string')
  const port = link.begin({ kind: 'channel', url: client.url.href, protocols })
  const say = (message: ChannelUp): void => port.postMessage(message)
  client.addEventListener('open', () => say({ kind: 'opened' }))
  client.addEventListener('message', ({ data }) => say({ kind: 'text', text: String(data) }))
  client.addEventListener('close', () => say({ kind: 'closed' }))
  return new Promise((decided) => {
    port.onmessage = ({ data }: MessageEvent<ChannelDown>) => {
      switch (data.kind) {
        case 'accepted':
          return decided()
        case 'refused':
          // MSW knows no refused upgrade: a channel that closes before it is open is what a browser shows too.
          client.close(4000 + data.status, 'refused')
          return decided()
        case 'text':
          return client.send(data.text)
        case 'close':
          return client.close(data.code, data.reason)
      }
    }
  })
}
