import type { TypedContract } from '#harness/contract/contract.ts'
import type { Finding } from '#harness/contract/finding.ts'
import { serveUntyped } from '#harness/serve/serve.ts'
import { untyped, type AnyHandlers, type Served } from '#harness/serve/service.ts'
import { startBackground, type Background } from './background.ts'
import { fallbackHandlers } from './fallback.ts'
import type { Answering } from './headers/site.ts'
import { steerable } from './headers/steered-service.ts'
import type { MockOptions, MockSpec } from './mock.ts'

/** All that a mock has over one memory. */
export type Life<Memory> = Answering &
  Readonly<{
    memory: Memory
    handlers: AnyHandlers
    states: Readonly<Record<string, (params: unknown) => unknown>>
    background: Background | undefined
    /** Lets go of whoever is kept waiting by it. */
    letGo: () => void
  }>

/** Makes a life whose background begins after what it is told to wait for. */
export type BeginLife<Memory> = (backgroundAfter: Promise<void> | 'never') => Life<Memory>

/**
 * Makes the lives of a mock, one after another: all of it anew over a new memory, so that handlers may take from it what
 * they need when they are made.
 */
export function livesOf<C extends TypedContract, Memory extends object, Principal>(
  contract: C,
  spec: MockSpec<C, Memory, Principal>,
  options: MockOptions & Readonly<{ seed: number }>,
): BeginLife<Memory> {
  const { seed, pacts = [], environment = {}, peers } = options
  const fallback = fallbackHandlers(contract, { pacts, seed })
  const offered = steerable(contract)
  function backgroundOver(memory: Memory, after: Promise<void>): Background | undefined {
    const { background } = spec
    if (!background || !peers) return undefined
    return startBackground({
      run: (signal) => background(memory, peers, signal),
      after,
      onFailure: (error) => options.onFinding?.(backgroundFailed(contract.name, error)),
    })
  }
  return (backgroundAfter) => {
    const memory = spec.memory(environment)
    const handlers = untyped(spec.handlers(memory))
    const gone = new AbortController()
    function served(what: Served): void {
      spec.onServed?.(memory, what)
      options.onServed?.(what)
    }
    const { onServed: _own, ...rest } = options
    const service = serveUntyped(
      offered,
      { ...fallback, ...handlers },
      {
        ...rest,
        authenticate: (credential) => spec.authenticate?.(memory, credential),
        // Nobody takes the time of requests that nobody is told of.
        ...((spec.onServed || options.onServed) && { onServed: served }),
      },
    )
    return {
      memory,
      handlers,
      service,
      served,
      gone: gone.signal,
      letGo: () => gone.abort(),
      states: spec.states(memory) as Readonly<Record<string, (params: unknown) => unknown>>,
      background: backgroundAfter === 'never' ? undefined : backgroundOver(memory, backgroundAfter),
    }
  }
}

/** Ends what runs over a memory, at once; the promise is that its background has ended. */
export async function endLife({ memory, background, letGo }: Life<object>): Promise<void> {
  const ended = background?.end()
  letGo()
  if (Symbol.dispose in memory) (memory as Disposable)[Symbol.dispose]()
  await ended
}

function backgroundFailed(name: string, error: unknown): Finding {
  return {
    code: 'handler-failed',
    severity: 'error',
    message: `the background of ${name} failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}.`,
    fix: 'Let it go on where a call fails, and correct the rest.',
  }
}
