import { edgesFrom } from '#harness/contract/system.ts'
import { describeFinding } from '#harness/contract/finding.ts'
import { lastWords } from '#harness/scenario/failed-story.ts'
import { startStack } from '#harness/scenario/stack.ts'
import { toldTraffic } from '#harness/scenario/told-traffic.ts'
import { useAll } from '#harness/stack/use-all.ts'
import type { App } from '../app.ts'
import { launchChromium } from '../chromium.ts'
import { wellKnown, type BuiltPages } from './built-pages.ts'
import { clearedProfiles } from './profiles.ts'
import type { Theatre } from './theatre.ts'

/** The pages as they are deployed, over a stack: for the browser all are at their well-known ports. */
export async function openStackTheatre(
  app: App,
  kind: 'mock' | 'live',
  pages: () => Promise<BuiltPages>,
): Promise<Theatre> {
  const { system, component } = app
  const origin = wellKnown(app, component)
  await using resources = new AsyncDisposableStack()
  const [[stack], { port }] = await Promise.all([useAll(resources, [startStack(system, kind)]), pages()])
  const providers = edgesFrom(system, component).map(({ provider }) => provider)
  const places = providers.map(
    (provider) => [addressOf(wellKnown(app, provider)), addressOf(stack.url(component, provider))] as const,
  )
  const browser = await launchChromium({
    [addressOf(origin)]: `127.0.0.1:${port}`,
    ...Object.fromEntries(places),
  })
  resources.defer(() => browser.close())
  const owned = resources.move()
  return {
    profiles: clearedProfiles(browser),
    origin,
    hosts: [addressOf(origin), ...places.map(([known]) => known)],
    reset: () => stack.reset(),
    setUp: (_page, ...args) => stack.setUp(...args),
    fault: (provider, what, options) => stack.fault(component, provider, what, options),
    findings: () => stack.findings().map(describeFinding).join('\n'),
    evidence: () => lastWords(system, stack),
    traffic: () => toldTraffic(system, stack),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}

function addressOf(url: string): string {
  return new URL(url).host
}
