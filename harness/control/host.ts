import type { Finding } from '#harness/contract/finding.ts'
import { listen } from '#harness/serve/node/host.ts'
import type { Service } from '#harness/serve/service.ts'
import type { Controlled } from './controlled.ts'
import { newDoor } from './door.ts'
import { controlService } from './service.ts'

/** The control API of a stack on loopback, with the page that uses it. */
export type ControlHost = AsyncDisposable &
  Readonly<{
    /** Where the API is. */
    url: string
    port: number
    token: string
    /** Where the page is, with the token behind the `#`, which no browser sends anywhere. */
    pageUrl: string
  }>

export type ControlHostOptions = Readonly<{
  /** A free one by default. */
  port?: number
  /** A new one by default. */
  token?: string
  /** Answers what is asked for beside the API; undefined where there is no such thing. */
  page?: (request: Request) => Promise<Response | undefined>
  onFinding?: (finding: Finding) => void
}>

/**
 * Puts the control API of a stack on a port of loopback.
 * @throws the listen error of Node where the port cannot be had.
 */
export async function hostControl(controlled: Controlled, options: ControlHostOptions = {}): Promise<ControlHost> {
  const { port = 0, token = newDoor().token, page, onFinding } = options
  const api = controlService(controlled, { token, ...(onFinding && { onFinding }) })
  const listening = await listen(withPage(api, page), { port })
  return {
    url: listening.url,
    port: listening.port,
    token,
    pageUrl: `${listening.url}/#${token}`,
    [Symbol.asyncDispose]: () => listening[Symbol.asyncDispose](),
  }
}

function withPage(api: Service, page: ControlHostOptions['page']): Service {
  return {
    ...api,
    async fetch(request) {
      const { pathname } = new URL(request.url)
      if (!page || pathname.startsWith('/api/')) return api.fetch(request)
      return (await page(request)) ?? api.fetch(request)
    },
  }
}
