import { z } from 'zod'
import { Pagination } from '#harness/contract/page.ts'
import { Problem } from '#harness/contract/problem.ts'
import type { Schema } from '#harness/contract/schema.ts'
import type { System } from '#harness/contract/system.ts'
import { pascalCase } from './case.ts'

/** Under which name each schema is known outside: classes and components are called by it. */
export type SchemaNames = ReadonlyMap<Schema, string>

/** Shapes of the contract language that any contract may use. */
const shared = { Problem, Pagination }

/**
 * The names of schemas out of the exports of a system's modules: `export const Job = z.object(…)` is `Job`. Names begin
 * with a capital. Where two modules export different schemas under one name, the first has it.
 */
export function schemaNames(modules: readonly Readonly<Record<string, unknown>>[]): SchemaNames {
  const names = new Map<Schema, string>()
  const taken = new Set<string>()
  for (const [name, value] of [...modules, shared].flatMap((module) => Object.entries(module))) {
    if (!(value instanceof z.ZodType) || !/^[A-Z]\w*$/.test(name) || names.has(value) || taken.has(name)) continue
    names.set(value, name)
    taken.add(name)
  }
  return names
}

/** The names, and one for the error shape of each component that has none: `OdditiesProblem`. */
export function withErrorNames(names: SchemaNames, system: System): SchemaNames {
  const all = new Map(names)
  for (const [component, { contract }] of Object.entries(system.components)) {
    if (!contract || all.has(contract.errors.schema)) continue
    let name = `${pascalCase(component)}Problem`
    while ([...all.values()].includes(name)) name = `${name}_`
    all.set(contract.errors.schema, name)
  }
  return all
}
