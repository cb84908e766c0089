import type { Finding } from '#harness/contract/finding.ts'
import { servedComponents, type System } from '#harness/contract/system.ts'
import { startInOrder } from '#harness/stack/start-in-order.ts'
import type { Replaced } from './hot/hot-mock.ts'
import type { StackKind } from './kinds.ts'
import { edgeOf, type Network } from './network.ts'
import { startOnPort, type OpenNetwork } from './open-network.ts'
import type { Part, PartOptions } from './parts/part.ts'
import type { StackComponent } from './stack.ts'

/** What takes the place of a component. */
export type Swap = Readonly<{ kind: 'mock' }> | Readonly<{ kind: 'url'; url: string }>

export type PartsOptions = Readonly<{
  /** Further variables by component, for real services and mocks alike. */
  environment?: Readonly<Record<string, Readonly<Record<string, string>>>>
  /** What mocks wait for before they do something by themselves. Default nothing. */
  backgroundAfter?: Promise<void>
  /** Told what a mock does outside its contract. */
  onFinding?: (component: string, finding: Finding) => void
  /** Told what somebody who works with a mock has to know. Default: the console. */
  onNotice?: (component: string, text: string) => void
}>

/** The components of a stack. */
export type StackParts = AsyncDisposable &
  Readonly<{
    all: () => readonly Part[]
    find: (name: string) => Part | undefined
    /** Throws TypeError for a component that does not run. */
    of: (name: string) => Part
    start: (network: Network, startPart: OpenNetwork['startPart']) => Promise<void>
    /** Takes the mocks' states back and ends what they do by themselves. */
    quieten: () => Promise<void>
    /** Brings back who is down and takes back all states. */
    reset: () => Promise<void>
    component: (name: string) => StackComponent
  }>

type Plan = Readonly<{ system: System; isHot: boolean; options: PartsOptions }>

/**
 * The components of a stack, none of them started yet.
 * @throws TypeError where the options name a component that runs no service
 */
export function stackParts({ system, isHot, options }: Plan): StackParts {
  const { environment = {}, backgroundAfter, onFinding, onNotice } = options
  const served = servedComponents(system)
  const parts = new Map<string, Part>()
  let peersOf: (name: string) => PartOptions['peers'] = () => () => ''
  for (const name of Object.keys(environment)) requireServed(system, name)

  function all(): readonly Part[] {
    return served.flatMap((name) => parts.get(name) ?? [])
  }
  function of(name: string): Part {
    requireServed(system, name)
    return parts.get(name) as Part
  }
  function optionsOf(name: string): PartOptions {
    return {
      peers: peersOf(name),
      environment: environment[name] ?? {},
      backgroundAfter,
      onFinding: onFinding && ((finding) => onFinding(name, finding)),
      onNotice: onNotice && ((text) => onNotice(name, text)),
    }
  }
  async function swap(name: string, to: Swap): Promise<void> {
    const old = of(name)
    if (old.kind === to.kind && (to.kind === 'mock' || old.url() === to.url)) return
    const kind: StackKind = to.kind === 'mock' ? 'mock' : { live: [], urls: { [name]: to.url } }
    parts.set(name, await startOnPort({ system, kind, name, isHot }, optionsOf(name)))
    await old[Symbol.asyncDispose]()
  }
  async function quieten(): Promise<void> {
    await Promise.all(all().map((part) => part.quiet()))
  }
  return {
    all,
    of,
    find: (name) => parts.get(name),
    async start(network, startPart) {
      peersOf = (name) => (provider) => network.url(edgeOf(system, name, provider))
      await startInOrder(system, served, async (name) => {
        parts.set(name, await startPart(name, optionsOf(name)))
      })
    },
    quieten,
    async reset() {
      await startInOrder(system, served, (name) => of(name).start())
      await resetAll(all())
    },
    component(name) {
      const part = of(name)
      return {
        ...part,
        title: part.title(),
        isUp: part.url() !== undefined,
        swap: (to) => swap(name, to),
        reload: (current) => reload(part, `${current.name}/${name}`, current),
      }
    },
    [Symbol.asyncDispose]: () => disposeAll(all()),
  }
}

/**
 * Takes back the states of parts that call each other. Mocks are emptied first, so that a real service finds nothing of
 * before there; they begin to do something by themselves when all are new.
 */
async function resetAll(parts: readonly Part[]): Promise<void> {
  await Promise.all(parts.map((part) => part.quiet()))
  for (const part of parts) if (part.kind === 'live') await part.reset()
  await Promise.all(parts.filter(({ kind }) => kind === 'mock').map((part) => part.reset()))
}

async function disposeAll(parts: readonly Part[]): Promise<void> {
  await using resources = new AsyncDisposableStack()
  for (const part of parts) resources.use(part)
}

function reload(part: Part, name: string, system: System): Promise<Replaced> {
  if (!('reload' in part)) return Promise.reject(new TypeError(`${name} has no code that can be loaded anew here.`))
  return (part as Part & { reload: (system: System) => Promise<Replaced> }).reload(system)
}

function requireServed(system: System, name: string): void {
  const served = servedComponents(system)
  if (!served.includes(name))
    throw new TypeError(`${system.name}/${name} has no contract, so it does not run. Name one of ${served.join(', ')}.`)
}
