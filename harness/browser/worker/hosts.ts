import { hosted } from 'virtual:concordat/mocks'
import { cookieJar, type CookieJar } from '#harness/client/cookie-jar.ts'
import { describeFinding } from '#harness/contract/finding.ts'
import type { StartedMock } from '#harness/mock/mock.ts'

/** A mock that runs here, and the cookies that it set: a page's scripts see none of them. */
export type Host = Readonly<{ mock: StartedMock; jar: () => CookieJar }>

/** All mocks of this worker. */
export type Hosts = Readonly<{
  /** Resolves when the mocks are in the states that they begin in. */
  ready: Promise<void>
  at: (url: string) => Host | undefined
  /** @throws TypeError for a component that is not here, or a state that it does not have. */
  setUp: (component: string, state: string, params: unknown) => Promise<Readonly<Record<string, unknown>>>
  /** Forgets everything, and begins anew in the first states. */
  reset: () => Promise<void>
}>

/** Starts the mocks. Several pages may call them. */
export function startHosts(onFinding: (text: string) => void): Hosts {
  let jars = new Map<string, CookieJar>()
  const hosts = hosted.map(({ component, origin, mock, options, states }) => {
    const started = mock.start({ ...options, onFinding: (finding) => onFinding(describeFinding(finding)) })
    return { component, address: new URL(origin).host, mock: started, states, jar: () => jarOf(component) }
  })
  function jarOf(component: string): CookieJar {
    const jar = jars.get(component) ?? cookieJar()
    jars.set(component, jar)
    return jar
  }
  async function begin(): Promise<void> {
    for (const { mock, states } of hosts) for (const { state, params } of states) await mock.setUp(state, params)
  }
  return {
    ready: begin(),
    at: (url) => hosts.find(({ address }) => address === new URL(url).host),
    async setUp(component, state, params) {
      const host = hosts.find((candidate) => candidate.component === component)
      if (!host) throw new TypeError(`no mock of "${component}" runs here.`)
      return host.mock.setUp(state, params)
    },
    async reset() {
      jars = new Map()
      await Promise.all(hosts.map(({ mock }) => mock.reset()))
      await begin()
    },
  }
}
