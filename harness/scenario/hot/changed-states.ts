import type { AnyContract } from '#harness/contract/contract.ts'
import { jsonSchemaOf } from '#harness/contract/schema.ts'
import type { Deed } from './history.ts'

/** The states that were set up, and that take or give something else in another version of the contract. */
export function changedStates(old: AnyContract, next: AnyContract, deeds: readonly Deed[]): readonly string[] {
  const used = new Set(deeds.flatMap((deed) => (deed.kind === 'state' ? [deed.state] : [])))
  return [...used].filter((state) => shapeOf(old, state) !== shapeOf(next, state))
}

function shapeOf({ stateDefinitions }: AnyContract, state: string): string | undefined {
  const definition = stateDefinitions[state]
  if (!definition) return undefined
  const provides = Object.entries(definition.provides).map(([name, schema]) => [name, jsonSchemaOf(schema)])
  return JSON.stringify([jsonSchemaOf(definition.params, 'input'), provides])
}
