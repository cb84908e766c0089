import { isDeepStrictEqual } from 'node:util'

/** One matcher of a place, as it stands in a pact. */
export type Matcher = Readonly<{ match: string; regex?: string; min?: number }>

/** The matchers of a body by place (Pact Specification V4, "matchingRules"). */
export type BodyRules = Readonly<Record<string, Readonly<{ matchers: readonly Matcher[] }>>>

/** The matchers of a place, written in any of these ways; none where the place has none of its own. */
export function matchersAt(rules: BodyRules, paths: readonly string[]): readonly Matcher[] {
  return paths.map((path) => rules[path]?.matchers).find((matchers) => matchers !== undefined) ?? []
}

/**
 * Whether a pact takes a value in place of its example, as it is written: the Verifier has the last word.
 * A value without matchers of its own is compared by value; of objects just the kind counts, their fields have places of their own.
 */
export function takes(matchers: readonly Matcher[], example: unknown, value: unknown): boolean {
  if (matchers.length > 0) return matchers.every((matcher) => matcherTakes(matcher, example, value))
  return kindOf(example) === 'object' ? kindOf(value) === 'object' : isDeepStrictEqual(example, value)
}

function matcherTakes({ match, regex, min }: Matcher, example: unknown, value: unknown): boolean {
  switch (match) {
    case 'equality':
      return isDeepStrictEqual(example, value)
    case 'type':
      return kindOf(example) === kindOf(value) && (!Array.isArray(value) || value.length >= (min ?? 0))
    case 'regex':
      // Pact takes what is no text for the text that it is written as.
      return typeof value !== 'object' ? matches(regex, value) : value === null && matches(regex, 'null')
    default:
      return scalarKinds[match]?.(value) ?? false
  }
}

function matches(regex: string | undefined, value: unknown): boolean {
  return new RegExp(regex ?? '').test(String(value))
}

const scalarKinds: Readonly<Record<string, (value: unknown) => boolean>> = {
  integer: (value) => Number.isInteger(value),
  number: (value) => typeof value === 'number',
  decimal: (value) => typeof value === 'number',
  boolean: (value) => typeof value === 'boolean',
}

function kindOf(value: unknown): string {
  if (value === null) return 'null'
  return Array.isArray(value) ? 'array' : typeof value
}
