import type { System } from '#harness/contract/system.ts'
import { neverEnds, type Part } from './part.ts'

/** A component that somebody else runs. Nothing is done to it but to call it. */
export function urlPart(system: System, name: string, url: string): Part {
  function refuse(what: string): Promise<never> {
    return Promise.reject(
      new TypeError(`${system.name}/${name} cannot be ${what}: somebody else runs it, at ${url}. Do it there.`),
    )
  }
  const nothing = (): Promise<void> => Promise.resolve()
  return {
    kind: 'url',
    title: () => 'url',
    url: () => url,
    setUp: () => refuse('put into a state'),
    quiet: nothing,
    reset: nothing,
    start: nothing,
    stop: () => refuse('stopped'),
    kill: () => refuse('killed'),
    log: () => [],
    findings: () => [],
    stores: [],
    ended: neverEnds,
    [Symbol.asyncDispose]: nothing,
  }
}
