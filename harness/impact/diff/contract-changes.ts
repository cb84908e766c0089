import type {
  ContractDescription,
  OperationDescription,
  ProjectDescription,
  SystemDescription,
} from '../description/description.ts'
import { compareSchemas } from './compare-schemas.ts'
import type { ContractChange } from './contract-change.ts'
import { narrows } from './difference.ts'
import { operationChanges, type Said } from './operation-changes.ts'

/** What the contracts of a project mean now that they did not mean before, and the other way round. */
export function contractChanges(before: ProjectDescription, after: ProjectDescription): readonly ContractChange[] {
  return before.flatMap((system) => {
    const now = after.find(({ name }) => name === system.name)
    return systemChanges(system, now)
  })
}

function systemChanges(before: SystemDescription, after: SystemDescription | undefined): readonly ContractChange[] {
  return Object.entries(before.components).flatMap(([component, contract]) => {
    const now = after?.components[component]
    return contractChangesOf(contract, now).map((said) => ({ system: before.name, component, ...said }))
  })
}

type InContract = Omit<ContractChange, 'system' | 'component'>

function contractChangesOf(before: ContractDescription, after: ContractDescription | undefined): readonly InContract[] {
  const fresh = Object.entries(after?.operations ?? {}).filter(([name]) => !(name in before.operations))
  const renamed = new Set<string>()
  const sameCall = (old: OperationDescription): OperationDescription | undefined => {
    const [name, now] = fresh.find(([, { method, path, kind }]) => isSameCall(old, { method, path, kind })) ?? []
    if (name !== undefined) renamed.add(name)
    return now
  }
  const kept = Object.entries(before.operations).flatMap(([operation, old]) => {
    const now = after?.operations[operation] ?? sameCall(old)
    const said: readonly Said[] =
      now && after
        ? operationChanges(
            { operation: old, definitions: before.definitions },
            { operation: now, definitions: after.definitions },
          )
        : [{ place: 'operation', what: 'is gone', breaks: { kind: 'callers' } }]
    return said.map((one): InContract => ({ isMild: false, operation, ...one }))
  })
  const come = fresh.filter(([name]) => !renamed.has(name))
  return [
    ...kept,
    ...come.map(([operation]): InContract => ({
      operation,
      place: 'operation',
      what: 'is new',
      breaks: { kind: 'nobody' },
      isMild: false,
    })),
    ...stateChanges(before, after),
  ]
}

/** An operation of another name that is called in the same way is the same one to whoever calls it. */
function isSameCall(one: OperationDescription, other: Pick<OperationDescription, 'kind' | 'method' | 'path'>): boolean {
  return one.kind === other.kind && one.method === other.method && one.path === other.path
}

/** States are what pacts need of a provider to be replayed: one that takes less breaks the pacts that need it. */
function stateChanges(before: ContractDescription, after: ContractDescription | undefined): readonly InContract[] {
  return Object.entries(before.states).flatMap(([name, schema]): InContract[] => {
    const common = {
      operation: undefined,
      place: `state ${name}`,
      breaks: { kind: 'state', name },
      isMild: false,
    } as const
    const now = after?.states[name]
    if (!after || now === undefined) return [{ ...common, what: 'is gone' }]
    return compareSchemas({ schema, definitions: before.definitions }, { schema: now, definitions: after.definitions })
      .filter(({ change }) => narrows(change))
      .map(({ path, what }) => ({ ...common, what: [path.join('.'), what].filter(Boolean).join(' ') }))
  })
}
