import type { System } from '#harness/contract/system.ts'
import { isLive, type StackKind } from './kinds.ts'
import type { Network } from './network.ts'
import type { Part, PartOptions } from './parts/part.ts'

/** A network, and how components come onto it. */
export type OpenNetwork = Readonly<{
  network: Network
  startPart: (name: string, options: PartOptions) => Promise<Part>
}>

/** Opens the network of a stack. Loads what its kind needs and no more: starting a mock takes less than loading stores. */
export async function openNetwork(
  system: System,
  kind: StackKind,
  whereIs: (component: string) => string | undefined,
): Promise<OpenNetwork> {
  if (kind === 'msw') {
    const [{ startInProcess }, { startMockPart }] = await Promise.all([
      import('./in-process.ts'),
      import('./parts/mock-part.ts'),
    ])
    const network = startInProcess(system)
    return { network, startPart: (name, options) => startMockPart(system, name, { ...options, host: network.host }) }
  }
  const { startTaps } = await import('./taps.ts')
  return { network: await startTaps(system, whereIs), startPart }

  async function startPart(name: string, options: PartOptions): Promise<Part> {
    if (isLive(kind, name)) {
      const { startLivePart } = await import('./parts/live-part.ts')
      return startLivePart(system, name, options)
    }
    const [{ startMockPart }, { listenMock }] = await Promise.all([
      import('./parts/mock-part.ts'),
      import('#harness/mock/listen.ts'),
    ])
    return startMockPart(system, name, { ...options, host: (_name, mock, given) => listenMock(mock, given) })
  }
}
