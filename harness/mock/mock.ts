import type { OperationsOf, StatesOf, TypedContract } from '#harness/contract/contract.ts'
import type { Finding } from '#harness/contract/finding.ts'
import type { Credential } from '#harness/contract/security.ts'
import type { StateHandlers } from '#harness/contract/state.ts'
import type { Handlers } from '#harness/serve/handlers.ts'
import { serveUntyped } from '#harness/serve/serve.ts'
import { untyped, type AnyHandlers, type Served, type Service } from '#harness/serve/service.ts'
import type { PactFile } from '#harness/pact/file/pact-file.ts'
import { startBackground, type Background, type Peers } from './background.ts'
import { fallbackHandlers } from './fallback.ts'

/** A stand-in for a component: the same contract, the same states, no stores. An immutable definition; `start` makes instances. */
export type Mock = Readonly<{ contract: TypedContract; start: (options?: MockOptions) => StartedMock }>

export type MockOptions = Readonly<{
  /** Pacts of the component's consumers: operations without a handler answer from their examples. */
  pacts?: readonly PactFile[]
  /** What answers made up from the schema depend on. Default 1. */
  seed?: number
  allowedOrigins?: readonly string[]
  /** The component's variables, as a live process would get them. Default none. */
  environment?: Readonly<Record<string, string>>
  /** Where the components are that this one calls. Its background runs where they are given. */
  peers?: Peers
  onServed?: (served: Served) => void
  onFinding?: (finding: Finding) => void
}>

/**
 * One running stand-in, with memory of its own. Hosts carry requests to its service. Disposing ends what runs over the
 * memory; disposing asynchronously also waits until its background has ended.
 */
export type StartedMock = Disposable &
  AsyncDisposable &
  Readonly<{
    service: Service
    /** Operations that no handler answers: they answer from examples, then from the schema. */
    unhandled: readonly string[]
    seed: number
    /** Puts the mock into a state; gives what the state provides. Throws TypeError for a state that the contract does not have. */
    setUp: (state: string, params: unknown) => Promise<Readonly<Record<string, unknown>>>
    /** Forgets everything, at once, and begins a new background; the promise is that the old one has ended. */
    reset: () => Promise<void>
    /**
     * A reset without a new background, which begins with the next reset. For several mocks that call each other: once all
     * are quiet, no call of an old life reaches a new one.
     */
    quiet: () => Promise<void>
  }>

const defaultSeed = 1

type MockSpec<C extends TypedContract, Memory, Principal> = Readonly<{
  /** A new memory, empty. One that is disposable is disposed of when it is forgotten, so that nothing runs on over it. */
  memory: (environment: Readonly<Record<string, string>>) => Memory
  /** The same handlers as of a live service, over the memory. */
  handlers: (memory: Memory) => Partial<Handlers<OperationsOf<C>, Principal>>
  states: (memory: Memory) => StateHandlers<StatesOf<C>>
  /** Who a credential belongs to; undefined refuses it with 401, a Refusal thrown says why. */
  authenticate?: (memory: Memory, credential: Credential) => Principal | undefined | Promise<Principal | undefined>
  /** Told of every request, refused ones too, which no handler sees. */
  onServed?: (memory: Memory, served: Served) => void
  /**
   * What the component does by itself, calling others. Runs over one memory until the signal aborts, and ends promptly
   * then. A call that fails is no reason to throw: a component outlives those that it calls.
   */
  background?: (memory: Memory, peers: Peers, signal: AbortSignal) => Promise<void>
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
  const begin = livesOf(contract, spec, options)
  let current = begin(Promise.resolve())
  async function end(): Promise<void> {
    const { memory, background } = current
    const ended = background?.end()
    forget(memory)
    await ended
  }
  return {
    service: {
      contract,
      fetch: (request) => current.service.fetch(request),
      upgrade: (request) => current.service.upgrade(request),
    },
    seed: options.seed ?? defaultSeed,
    unhandled: Object.keys(contract.operations).filter((name) => !(name in current.handlers)),
    reset() {
      const ended = end()
      current = begin(ended)
      return ended
    },
    quiet() {
      const ended = end()
      current = begin('never')
      return ended
    },
    [Symbol.dispose]: () => void end(),
    [Symbol.asyncDispose]: end,
    async setUp(state, params) {
      const definition = contract.stateDefinitions[state]
      const handler = current.states[state]
      if (!definition || !handler)
        throw new TypeError(`${contract.name} has no state "${state}". Declare it in the contract and in the mock.`)
      return ((await handler(definition.params.parse(params ?? {}))) ?? {}) as Readonly<Record<string, unknown>>
    },
  }
}

/** All that a mock has over one memory. */
type Life<Memory> = Readonly<{
  memory: Memory
  handlers: AnyHandlers
  service: Service
  states: Readonly<Record<string, (params: unknown) => unknown>>
  background: Background | undefined
}>

/**
 * Makes the lives of a mock, one after another: all of it anew over a new memory, so that handlers may take from it what
 * they need when they are made. The background of a life begins after what it is told to wait for.
 */
function livesOf<C extends TypedContract, Memory extends object, Principal>(
  contract: C,
  spec: MockSpec<C, Memory, Principal>,
  options: MockOptions,
): (backgroundAfter: Promise<void> | 'never') => Life<Memory> {
  const { seed = defaultSeed, pacts = [], environment = {}, peers } = options
  const fallback = fallbackHandlers(contract, { pacts, seed })
  function backgroundOver(memory: Memory, after: Promise<void>): Background | undefined {
    const { background } = spec
    if (!background || !peers) return undefined
    return startBackground({
      run: (signal) => background(memory, peers, signal),
      after,
      onFailure: (error) => options.onFinding?.(backgroundFailed(contract.name, error)),
    })
  }
  function serviceOver(memory: Memory, handlers: AnyHandlers): Service {
    return serveUntyped(
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
  }
  return (backgroundAfter) => {
    const memory = spec.memory(environment)
    const handlers = untyped(spec.handlers(memory))
    return {
      memory,
      handlers,
      service: serviceOver(memory, handlers),
      states: spec.states(memory) as Readonly<Record<string, (params: unknown) => unknown>>,
      background: backgroundAfter === 'never' ? undefined : backgroundOver(memory, backgroundAfter),
    }
  }
}

function backgroundFailed(name: string, error: unknown): Finding {
  return {
    code: 'handler-failed',
    severity: 'error',
    message: `the background of ${name} failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}.`,
    fix: 'Let it go on where a call fails, and correct the rest.',
  }
}

function forget(memory: object | Disposable): void {
  if (Symbol.dispose in memory) memory[Symbol.dispose]()
}
