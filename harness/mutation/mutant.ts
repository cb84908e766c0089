import type { Hooks } from '#harness/stack/proxy/types.ts'

/** One small deviation of a provider, and what a consumer's pact has to make of it. */
export type Mutant = Readonly<{
  /** The class of the drift catalogue that it is an example of: `C8`. */
  class: string
  operation: string
  /** Where it deviates: `200 $.data[].title`, `token $.text`, `200 status`. Those below one place begin with its text. */
  place: string
  /** In what: `removed`, `a number in place of a text`. */
  change: string
  /** Whether an example of the pact holds the place. */
  used: boolean
  /**
   * What a replay of the pact has to do. `caught`: the contract forbids it and the pact uses the place, or the pact demands
   * in its state what the contract leaves open. `green`: nobody reads the place, or contract and pact both leave it open.
   */
  expected: 'caught' | 'green'
  /** On whole replies alone, or on anything else of an exchange. */
  on: 'reply' | 'exchange'
  /** The deviation itself; it tells each time that it has changed something. */
  hooks: (changed: () => void) => Hooks
  /** The interactions whose replays can show it, by their index in the pact, the strictest first. */
  interactions: readonly number[]
  /** How bad it is where it survives. */
  severity: 'error' | 'warning'
  /** What the consumer's test can do about it where it survives. */
  advice: string
  /** Milliseconds that an answer may take; short where it leads to none. */
  timeoutMs?: number
}>

/** A drift that no replay of this pact could show, and why. */
export type Unobservable = Readonly<{ operation: string; place: string; change: string; why: string; advice: string }>

/** What can be tried on an edge. */
export type Mutants = Readonly<{ mutants: readonly Mutant[]; unobservable: readonly Unobservable[] }>

/** `C8 listItems 200 $.data[].title removed`: a mutant in words. */
export function mutantTitle(mutant: Pick<Mutant, 'class' | 'operation' | 'place' | 'change'>): string {
  return `${mutant.class} ${mutant.operation} ${mutant.place} ${mutant.change}`
}

/** Several lists of mutants as one. */
export function together(all: readonly Mutants[]): Mutants {
  return {
    mutants: all.flatMap(({ mutants }) => mutants),
    unobservable: all.flatMap(({ unobservable }) => unobservable),
  }
}
