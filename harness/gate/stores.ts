import type { Component } from '#harness/contract/system.ts'
import { EnvironmentError } from '#harness/stack/environment-error.ts'
import { keeperVariable, startStoreKeeper } from '#harness/stack/stores/store-keeper.ts'
import type { StageProgress } from './stage-progress.ts'

/** The stores that all live services of a gate share, each with a part of its own. */
export type GateStores = AsyncDisposable &
  Readonly<{
    /** Tells the run's tests where to ask for them. */
    env: Readonly<Record<string, string>>
    /** Rejects with EnvironmentError where one cannot be had. */
    ready: Promise<void>
  }>

/** Starts the stores that the components need while the gate records. They end with their scope, or with the gate. */
export async function startGateStores(components: readonly Component[], progress: StageProgress): Promise<GateStores> {
  const keeper = await startStoreKeeper()
  const ready = warmUp(keeper.address, kindsOf(components), progress)
  // Whoever waits for it learns of it; until then it is no unhandled rejection.
  ready.catch(() => undefined)
  return {
    env: { [keeperVariable]: keeper.address },
    ready,
    [Symbol.asyncDispose]: () => keeper.stop(),
  }
}

async function warmUp(address: string, kinds: readonly string[], progress: StageProgress): Promise<void> {
  if (kinds.length === 0) return
  const end = progress.start('stores', kinds.join(' and '))
  await Promise.all(
    kinds.map(async (kind) => {
      const reply = await fetch(`${address}/${kind}`)
      if (!reply.ok) throw new EnvironmentError(await reply.text())
    }),
  )
  end(kinds.join(' and '))
}

function kindsOf(components: readonly Component[]): readonly string[] {
  const needs = components.flatMap(({ stores = {} }) => Object.values(stores))
  return [...new Set(needs.map(({ kind }) => kind))].filter((kind) => kind !== 'directory')
}
