import type { System } from '#harness/contract/system.ts'
import { foreignUrl, isLive, type StackKind } from './kinds.ts'
import type { Network } from './network.ts'
import type { HotPart } from './parts/hot-part.ts'
import type { Part, PartOptions } from './parts/part.ts'
import type { FindProvider, TapOptions } from './taps.ts'

/** A network, and how components come onto it. */
export type OpenNetwork = Readonly<{
  network: Network
  startPart: (name: string, options: PartOptions) => Promise<Part | HotPart>
}>

export type NetworkOptions = TapOptions & Readonly<{ hot?: boolean }>

/** Opens the network of a stack. Loads what its kind needs and no more: starting a mock takes less than loading stores. */
export async function openNetwork(
  { system, kind, options }: Readonly<{ system: System; kind: StackKind; options: NetworkOptions }>,
  find: FindProvider,
): Promise<OpenNetwork> {
  if (kind === 'msw') {
    const [{ startInProcess }, { startMockPart }] = await Promise.all([
      import('./in-process.ts'),
      import('./parts/mock-part.ts'),
    ])
    const network = startInProcess(system)
    return { network, startPart: (name, given) => startMockPart(system, name, { ...given, host: network.host }) }
  }
  const { startTaps } = await import('./taps.ts')
  return {
    network: await startTaps(system, find, options),
    startPart: (name, given) => startOnPort({ system, kind, name, isHot: options.hot ?? false }, given),
  }
}

export type PartPlan = Readonly<{ system: System; kind: StackKind; name: string; isHot: boolean }>

/** Starts a component on a port of its own, or takes it where somebody else runs it. */
export async function startOnPort(
  { system, kind, name, isHot }: PartPlan,
  options: PartOptions,
): Promise<Part | HotPart> {
  const elsewhere = foreignUrl(kind, name)
  if (elsewhere !== undefined) {
    const { urlPart } = await import('./parts/url-part.ts')
    return urlPart(system, name, elsewhere)
  }
  if (isLive(kind, name)) {
    const { startLivePart } = await import('./parts/live-part.ts')
    return startLivePart(system, name, options)
  }
  if (isHot) {
    const { startHotPart } = await import('./parts/hot-part.ts')
    return startHotPart(system, name, options)
  }
  const [{ startMockPart }, { listenMock }] = await Promise.all([
    import('./parts/mock-part.ts'),
    import('#harness/mock/listen.ts'),
  ])
  return startMockPart(system, name, { ...options, host: (_name, mock, given) => listenMock(mock, given) })
}
