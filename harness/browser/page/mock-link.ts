import type { Outcome, ToPage, ToWorker } from '../protocol.ts'

/** A page's link to the worker with the mocks. */
export type MockLink = Readonly<{
  /** Begins an exchange: gives the page's end of its port. */
  begin: (message: Exchange) => MessagePort
  /** @throws Error with what the worker says where it cannot be done. */
  ask: (message: Question) => Promise<Readonly<Record<string, unknown>>>
}>

type WithoutPort<M> = M extends { port: MessagePort } ? Omit<M, 'port'> : never
type Exchange = WithoutPort<ToWorker>
type Question = Extract<Exchange, { kind: 'state' | 'reset' }>

/** Outlives its last tab for a while, where the browser can: so long does what it remembers survive a reload. */
type Options = WorkerOptions & { extendedLifetime: boolean }

/**
 * Links this page to the worker that all tabs share.
 * @throws Error where the browser has no such workers.
 */
export function linkToMocks(workerUrl: string, name: string): MockLink {
  if (typeof SharedWorker === 'undefined')
    throw new Error(
      'This browser has no shared workers, which mocks in the browser need. Take mocks on a port: --on mock.',
    )
  const options: Options = { type: 'module', name, extendedLifetime: true }
  const worker = new SharedWorker(workerUrl, options)
  worker.onerror = () => console.error('The worker with the mocks cannot be loaded: load the page again.')
  const { port } = worker
  port.onmessage = ({ data }: MessageEvent<ToPage>) => console.error(`Mock: ${data.text}`)
  addEventListener('pagehide', () => port.postMessage({ kind: 'leave' } satisfies ToWorker))
  function begin(message: Exchange): MessagePort {
    const { port1, port2 } = new MessageChannel()
    port.postMessage({ ...message, port: port2 }, [port2])
    return port1
  }
  return {
    begin,
    ask: (message) =>
      new Promise((resolve, reject) => {
        begin(message).onmessage = ({ data }: MessageEvent<Outcome>) => {
          if (data.kind === 'done') resolve(data.provided)
          else reject(new Error(data.message))
        }
      }),
  }
}
