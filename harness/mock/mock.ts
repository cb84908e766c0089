import type { OperationsOf, StatesOf, TypedContract } from '#harness/contract/contract.ts'
import type { Finding } from '#harness/contract/finding.ts'
import type { Credential } from '#harness/contract/security.ts'
import type { StateHandlers } from '#harness/contract/state.ts'
import type { Handlers } from '#harness/serve/handlers.ts'
import { serveUntyped } from '#harness/serve/serve.ts'
import { untyped, type Served, type Service } from '#harness/serve/service.ts'
import type { PactFile } from '#harness/pact/file/pact-file.ts'
import { fallbackHandlers } from './fallback.ts'

/** A stand-in for a component: the same contract, the same states, no stores. An immutable definition; `start` makes instances. */
export type Mock = Readonly<{ contract: TypedContract; start: (options?: MockOptions) => StartedMock }>

export type MockOptions = Readonly<{
  /** Pacts of the component's consumers: operations without a handler answer from their examples. */
  pacts?: readonly PactFile[]
  /** What answers made up from the schema depend on. Default 1. */
  seed?: number
  allowedOrigins?: readonly string[]
  onServed?: (served: Served) => void
  onFinding?: (finding: Finding) => void
}>

/** One running stand-in, with memory of its own. Hosts carry requests to its service. Disposing ends what runs over the memory. */
export type StartedMock = Disposable &
  Readonly<{
    service: Service
    /** Operations that no handler answers: they answer from examples, then from the schema. */
    unhandled: readonly string[]
    seed: number
    /** Puts the mock into a state; gives what the state provides. Throws TypeError for a state that the contract does not have. */
    setUp: (state: string, params: unknown) => Promise<Readonly<Record<string, unknown>>>
    /** Forgets everything. */
    reset: () => void
  }>

type MockSpec<C extends TypedContract, Memory, Principal> = Readonly<{
  /** A new memory, empty. One that is disposable is disposed of when it is forgotten, so that nothing runs on over it. */
  memory: () => Memory
  /** The same handlers as of a live service, over the memory. */
  handlers: (memory: Memory) => Partial<Handlers<OperationsOf<C>, Principal>>
  states: (memory: Memory) => StateHandlers<StatesOf<C>>
  authenticate?: (memory: Memory, credential: Credential) => Principal | undefined
  /** Told of every request, refused ones too, which no handler sees. */
  onServed?: (memory: Memory, served: Served) => void
}>

/** Declares the stand-in of a component. */
export function mock<C extends TypedContract, Memory extends object, Principal = undefined>(
  contract: C,
  spec: MockSpec<C, Memory, Principal>,
): Mock {
  return { contract, start: (options = {}) => startMock(contract, spec, options) }
}

function startMock<C extends TypedContract, Memory extends object, Principal>(
  contract: C,
  spec: MockSpec<C, Memory, Principal>,
  options: MockOptions,
): StartedMock {
  const { seed = 1, pacts = [] } = options
  const fallback = fallbackHandlers(contract, { pacts, seed })
  // A reset makes everything anew over a new memory, so that handlers may take from it what they need when they are made.
  function assemble() {
    const memory = spec.memory()
    const handlers = untyped(spec.handlers(memory))
    const service = serveUntyped(
      contract,
      { ...fallback, ...handlers },
      {
        ...options,
        authenticate: (credential) => spec.authenticate?.(memory, credential),
        onServed(served) {
          spec.onServed?.(memory, served)
          options.onServed?.(served)
        },
      },
    )
    return {
      memory,
      handlers,
      service,
      states: spec.states(memory) as Readonly<Record<string, (params: unknown) => unknown>>,
    }
  }
  let current = assemble()
  return {
    service: {
      contract,
      fetch: (request) => current.service.fetch(request),
      upgrade: (request) => current.service.upgrade(request),
    },
    seed,
    unhandled: Object.keys(contract.operations).filter((name) => !(name in current.handlers)),
    reset() {
      forget(current.memory)
      current = assemble()
    },
    [Symbol.dispose]: () => forget(current.memory),
    async setUp(state, params) {
      const definition = contract.stateDefinitions[state]
      const handler = current.states[state]
      if (!definition || !handler)
        throw new TypeError(`${contract.name} has no state "${state}". Declare it in the contract and in the mock.`)
      return ((await handler(definition.params.parse(params ?? {}))) ?? {}) as Readonly<Record<string, unknown>>
    },
  }
}

function forget(memory: object | Disposable): void {
  if (Symbol.dispose in memory) memory[Symbol.dispose]()
}
