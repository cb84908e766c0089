import type { Outcome, ToPage, ToWorker } from '../protocol.ts'
import { answerChannel } from './answer-channel.ts'
import { answerRequest } from './answer-request.ts'
import { startHosts } from './hosts.ts'
import { keepResponseHeaders } from './provider-http.ts'

/**
 * Where the mocks live: a worker that all tabs of a browser share, so that they survive a reload and meet each other.
 */
keepResponseHeaders()
const pages = new Set<MessagePort>()
const hosts = startHosts((text) =>
  pages.forEach((page) => page.postMessage({ kind: 'finding', text } satisfies ToPage)),
)

addEventListener('connect', (event) => {
  const [page] = (event as MessageEvent).ports
  if (page) serve(page)
})

function serve(page: MessagePort): void {
  pages.add(page)
  const gone = new AbortController()
  page.onmessage = async ({ data }: MessageEvent<ToWorker>) => {
    await hosts.ready
    switch (data.kind) {
      case 'request':
        return await withHost(data.request.url, (host) => answerRequest(host, data, gone.signal))
      case 'channel':
        return await withHost(data.url, (host) => answerChannel(host, data, gone.signal))
      case 'state':
        return await tell(data.port, hosts.setUp(data.component, data.state, data.params))
      case 'reset':
        return await tell(
          data.port,
          hosts.reset().then(() => ({})),
        )
      case 'leave':
        pages.delete(page)
        return gone.abort()
    }
  }
}

/** A page sends only what it was told a mock is there for. */
async function withHost(
  url: string,
  work: (host: NonNullable<ReturnType<typeof hosts.at>>) => Promise<void>,
): Promise<void> {
  const host = hosts.at(url)
  if (host) await work(host)
}

async function tell(port: MessagePort, work: Promise<Readonly<Record<string, unknown>>>): Promise<void> {
  const outcome = await work.then(
    (provided): Outcome => ({ kind: 'done', provided }),
    (error: unknown): Outcome => ({ kind: 'failed', message: error instanceof Error ? error.message : String(error) }),
  )
  port.postMessage(outcome)
}
