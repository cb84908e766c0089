import { servedComponents, type System } from '#harness/contract/system.ts'
import { loadSystem } from '#harness/project/systems.ts'

/**
 * How the components of a stack run: all as real services, all as mocks on ports, all as mocks in this process (MSW), or
 * those that are named as real services and the others as mocks on ports.
 */
export type StackKind = 'live' | 'mock' | 'msw' | Readonly<{ live: readonly string[] }>

/** Whether a component runs as the real service. */
export function isLive(kind: StackKind, component: string): boolean {
  return typeof kind === 'object' ? kind.live.includes(component) : kind === 'live'
}

/** What a kind is called: `live`, or `coordinator and container live, the others mocks`. */
export function kindName(system: System, kind: StackKind): string {
  if (typeof kind === 'string') return kind
  const { live } = kind
  const others = servedComponents(system).some((name) => !live.includes(name)) ? ', the others mocks' : ''
  return `${new Intl.ListFormat('en-GB').format(live)} live${others}`
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
  if (kind.live.length === 0) throw new TypeError(`a stack of ${system.name} has nothing live. Say "mock" instead.`)
  for (const name of kind.live) {
    if (!served.includes(name))
      throw new TypeError(`${system.name}/${name} has no contract and cannot run. Name one of ${served.join(', ')}.`)
  }
}

/** For each component of a system, the kind on which it alone is live: does it work with what the others' mocks say? */
export async function oneLive(systemName: string): Promise<readonly StackKind[]> {
  return servedComponents(await loadSystem(systemName)).map((name) => ({ live: [name] }))
}
