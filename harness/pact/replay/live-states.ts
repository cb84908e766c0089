import type { StatesOf, TypedContract } from '#harness/contract/contract.ts'
import type { StateHandlers } from '#harness/contract/state.ts'

/** What setting up states on a live component can use. */
export type LiveContext = Readonly<{
  baseUrl: string
  /** The environment that the live process was started with: addresses of its stores, its keys. */
  environment: Readonly<Record<string, string>>
  /** Makes a store, by its name in the system, answer nothing until it is restored. */
  cut: (store: string) => Promise<void>
  restore: (store: string) => Promise<void>
}>

/** States of a live component: `reset` takes back what was set up before, then the handlers of the next interaction run. */
export type LiveStates<C extends TypedContract = TypedContract> = AsyncDisposable &
  Readonly<{ reset: () => Promise<void>; handlers: StateHandlers<StatesOf<C>> }>

/** How a provider's `states.ts` makes its states: it exports one such function under the name `states`. */
export type LiveStatesFactory<C extends TypedContract = TypedContract> = (
  context: LiveContext,
) => Promise<LiveStates<C>>
