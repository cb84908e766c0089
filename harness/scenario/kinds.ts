import { servedComponents, type System } from '#harness/contract/system.ts'
import { loadSystem } from '#harness/project/systems.ts'

/**
 * How the components of a stack run: all as real services, all as mocks on ports, all as mocks in this process (MSW), or
 * those that are named as real services, those that somebody else runs by their URLs, and the others as mocks on ports.
 */
export type StackKind = 'live' | 'mock' | 'msw' | MixedKind

type MixedKind = Readonly<{ live: readonly string[]; urls?: Readonly<Record<string, string>> }>

/** Whether a component runs as the real service. */
export function isLive(kind: StackKind, component: string): boolean {
  return typeof kind === 'object' ? kind.live.includes(component) : kind === 'live'
}

/** Where a component is that somebody else runs. */
export function foreignUrl(kind: StackKind, component: string): string | undefined {
  return typeof kind === 'object' ? kind.urls?.[component] : undefined
}

/** What a kind is called: `live`, or `coordinator and container live, the others mocks`. */
export function kindName(system: System, kind: StackKind): string {
  if (typeof kind === 'string') return kind
  const { live, urls = {} } = kind
  const elsewhere = Object.keys(urls)
  const others = servedComponents(system).some((name) => !live.includes(name) && !elsewhere.includes(name))
  return [
    ...(live.length > 0 ? [`${listed(live)} live`] : []),
    ...(elsewhere.length > 0 ? [`${listed(elsewhere)} elsewhere`] : []),
    ...(others ? ['the others mocks'] : []),
  ].join(', ')
}

/**
 * The title of what runs on a stack: `workbench on live`, `prometheus with coordinator live, the others mocks`.
 */
export function stackTitle(system: System, kind: StackKind): string {
  return `${system.name} ${typeof kind === 'string' ? 'on' : 'with'} ${kindName(system, kind)}`
}

/** @throws TypeError where a kind names no component, or one that runs no service. */
export function checkKind(system: System, kind: StackKind): void {
  if (typeof kind === 'string') return
  const served = servedComponents(system)
  const named = [...kind.live, ...Object.keys(kind.urls ?? {})]
  if (named.length === 0) throw new TypeError(`a stack of ${system.name} has nothing live. Say "mock" instead.`)
  for (const name of named) {
    if (!served.includes(name))
      throw new TypeError(`${system.name}/${name} has no contract and cannot run. Name one of ${served.join(', ')}.`)
  }
}

function listed(names: readonly string[]): string {
  return new Intl.ListFormat('en-GB').format(names)
}

/** For each component of a system, the kind on which it alone is live: does it work with what the others' mocks say? */
export async function oneLive(systemName: string): Promise<readonly StackKind[]> {
  return servedComponents(await loadSystem(systemName)).map((name) => ({ live: [name] }))
}
