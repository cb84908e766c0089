import type { StateUse } from '#harness/contract/state.ts'

/**
 * Stands in a draft for a state that nobody set up when its call was seen. It compiles, and the recording fails until one
 * of these states, or another that fits, stands in its place.
 */
export function stateToChoose(...names: readonly string[]): StateUse {
  return { name: `${names.join(' or ') || 'a state'}: choose one, with its parameters`, params: {} }
}
