import { jsonPath, partialOf, type Place } from '#harness/contract/partial.ts'
import type { Schema } from '#harness/contract/schema.ts'
import { ContractViolation, type CallContext } from './errors.ts'

/**
 * Reads a value as a tolerant reader does: a wrong value is a violation at once; a field that the contract promises and
 * the value lacks is one when, and only when, it is read. So a provider may stop sending what nobody reads, and a
 * consumer cannot take `undefined` for data.
 * @throws ContractViolation naming every wrong place.
 */
export function readTolerantly(schema: Schema, value: unknown, context: CallContext): unknown {
  const read = partialOf(schema, value)
  if (read.kind === 'whole') return read.value
  if (read.wrong.length > 0) {
    const mistakes = read.wrong.map(({ place, message }) => `${jsonPath(place)}: ${message}`)
    throw new ContractViolation(
      context,
      `the reply breaks the contract: ${mistakes.join('; ')}. Compare provider and contract.`,
    )
  }
  for (const place of read.missing) guard(value, place, context)
  return value
}

function guard(value: unknown, place: Place, context: CallContext): void {
  const owner = place.slice(0, -1).reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown>)[key], value)
  Object.defineProperty(owner, place.at(-1) ?? '', {
    configurable: true,
    enumerable: false,
    get() {
      throw new ContractViolation(
        context,
        `the reply lacks ${jsonPath(place)}, which is read here. Record it in the pact, or do not read it.`,
      )
    },
  })
}
