import type { OperationsOf, StatesOf, TypedContract } from '#harness/contract/contract.ts'
import type { Finding } from '#harness/contract/finding.ts'
import type { Credential } from '#harness/contract/security.ts'
import type { StateHandlers } from '#harness/contract/state.ts'
import type { Handlers } from '#harness/serve/handlers.ts'
import type { Served, Service } from '#harness/serve/service.ts'
import type { PactFile } from '#harness/pact/file/pact-file.ts'
import type { Peers } from './background.ts'
import { sessionId } from './headers/asked.ts'
import { steerable, steeredService } from './headers/steered-service.ts'
import { endLife, livesOf, type Life } from './life.ts'
import { sessionLives } from './session-lives.ts'

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
  /** What the first background waits for. Default nothing. */
  backgroundAfter?: Promise<void>
  /** How many sessions (x-concordat-session) it keeps; the one that was used least recently is dropped. Default 100. */
  mostSessions?: number
  /** Told what somebody who works with the mock has to know. Default: the console. */
  onNotice?: (text: string) => void
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
    /**
     * Puts the mock into a state, or one session of it; gives what the state provides. Throws TypeError for a state that the
     * contract does not have.
     */
    setUp: (
      state: string,
      params: unknown,
      options?: Readonly<{ session?: string | undefined }>,
    ) => Promise<Readonly<Record<string, unknown>>>
    /** Forgets everything, all sessions too, at once, and begins a new background; the promise is that the old one has ended. */
    reset: () => Promise<void>
    /**
     * A reset without a new background, which begins with the next reset. For several mocks that call each other: once all
     * are quiet, no call of an old life reaches a new one.
     */
    quiet: () => Promise<void>
  }>

const defaultSeed = 1

/** What a stand-in is made of. */
export type MockSpec<C extends TypedContract, Memory, Principal> = Readonly<{
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
  const { pacts = [], seed = defaultSeed, allowedOrigins = [], onFinding } = options
  const begin = livesOf(contract, spec, { ...options, seed })
  let common = begin(options.backgroundAfter ?? Promise.resolve())
  const sessions = sessionLives(contract.name, spec, { ...options, begin: () => begin('never') })
  function lifeOf(session: string | undefined): Life<Memory> {
    return session === undefined ? common : sessions.at(session)
  }
  async function end(): Promise<void> {
    const ended = endLife(common)
    await Promise.all([ended, ...sessions.all().map(endLife)])
  }
  function replace(backgroundAfter: (ended: Promise<void>) => Promise<void> | 'never'): Promise<void> {
    const ended = end()
    sessions.clear()
    common = begin(backgroundAfter(ended))
    return ended
  }
  const served = { contract: steerable(contract), pacts, seed, allowedOrigins, onFinding, answering: lifeOf }
  return {
    service: { ...steeredService(served), contract },
    seed,
    unhandled: Object.keys(contract.operations).filter((name) => !(name in common.handlers)),
    reset: () => replace((ended) => ended),
    quiet: () => replace(() => 'never'),
    [Symbol.dispose]: () => void end(),
    [Symbol.asyncDispose]: end,
    async setUp(state, params, { session } = {}) {
      const definition = contract.stateDefinitions[state]
      const handler = lifeOf(session === undefined ? undefined : sessionId(session)).states[state]
      if (!definition || !handler)
        throw new TypeError(`${contract.name} has no state "${state}". Declare it in the contract and in the mock.`)
      return ((await handler(definition.params.parse(params ?? {}))) ?? {}) as Readonly<Record<string, unknown>>
    },
  }
}
