import type { Page, Request, WebSocket } from 'playwright-core'

/** What pages ask of anybody but those who they are to call. */
export type OutsideRequests = Disposable &
  Readonly<{
    watch: (page: Page) => void
    /** The addresses that were asked for, in order. */
    asked: () => readonly string[]
  }>

/**
 * Watches pages until it is disposed of. Hosts are named with their ports: `localhost:4512`. What never leaves the browser is
 * let pass (data, blob).
 */
export function watchOutside(hosts: readonly string[]): OutsideRequests {
  const asked: string[] = []
  const watched: Page[] = []
  function note(address: string): void {
    const { protocol, host } = new URL(address)
    if (/^(https?|wss?):$/.test(protocol) && !hosts.includes(host)) asked.push(address)
  }
  const onRequest = (request: Request): void => note(request.url())
  const onSocket = (socket: WebSocket): void => note(socket.url())
  return {
    watch(page) {
      watched.push(page.on('request', onRequest).on('websocket', onSocket))
    },
    asked: () => asked,
    [Symbol.dispose]() {
      for (const page of watched) page.off('request', onRequest).off('websocket', onSocket)
    },
  }
}
