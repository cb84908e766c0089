import { join } from 'node:path'
import { pactFileName, type Edge } from '#harness/contract/system.ts'
import { readPactIfAny } from '#harness/pact/file/pact-file.ts'
import { projectRoot } from '#harness/project/paths.ts'
import type { Base } from './base.ts'
import { checkOut } from './description/checked-out.ts'
import { describeProject } from './description/describe.ts'
import { describeAt } from './description/describe-at.ts'
import type { ProjectDescription } from './description/description.ts'
import { contractChanges } from './diff/contract-changes.ts'
import type { ContractChange } from './diff/contract-change.ts'
import { isBroken } from './usage/is-broken.ts'
import type { Use } from './usage/use.ts'
import { usesOf } from './usage/uses-of.ts'

/** A change of a contract, and what it means for those who use it. */
export type ChangeImpact = Readonly<{
  change: ContractChange
  broken: readonly BrokenConsumer[]
  /** Consumers of the component that it does not break. */
  unharmed: readonly string[]
}>

export type BrokenConsumer = Readonly<{
  consumer: string
  /** What it used at the base that is not as it was. */
  uses: readonly Use[]
  /** Its pact as it is now uses it still: it was not changed along with the contract. */
  isStill: boolean
}>

/**
 * What changed in the contracts since a base, and whom it breaks: who is running at the base is known by the pacts there.
 * @throws EnvironmentError where the contracts of the base cannot be loaded; InvalidPact where a pact cannot be read.
 */
export async function impactSince(base: Base): Promise<readonly ChangeImpact[]> {
  await using before = await checkOut(base)
  const [old, now] = await Promise.all([describeAt(before, base.ref), describeProject()])
  const changes = contractChanges(old, now)
  const [uses, usesNow] = await Promise.all([usesIn(before.root, old), usesIn(projectRoot, old)])
  const edges = old.flatMap(({ name, edges: declared }) => declared.map((edge) => ({ system: name, edge })))
  return changes.map((change) => impactOf(change, { edges, uses, usesNow }))
}

/** What each edge uses, by system and edge. */
type Uses = ReadonlyMap<string, readonly Use[]>

type Known = Readonly<{ edges: readonly Readonly<{ system: string; edge: Edge }>[]; uses: Uses; usesNow: Uses }>

function impactOf(change: ContractChange, { edges, uses, usesNow }: Known): ChangeImpact {
  const consumers = edges
    .filter(({ system, edge }) => system === change.system && edge.provider === change.component)
    .map(({ edge: { consumer } }) => {
      const [old = [], now = []] = [uses, usesNow].map((all) =>
        all.get(keyOf(change.system, { consumer, provider: change.component })),
      )
      return { consumer, uses: brokenUses(old, change), isStill: brokenUses(now, change).length > 0 }
    })
  const broken = consumers.filter((consumer) => consumer.uses.length > 0)
  return { change, broken, unharmed: consumers.filter((one) => !broken.includes(one)).map(({ consumer }) => consumer) }
}

function brokenUses(uses: readonly Use[], { operation, breaks }: ContractChange): readonly Use[] {
  return uses.filter((use) => (operation === undefined || use.operation === operation) && isBroken(use, breaks))
}

/** What the pacts under a folder use of contracts. */
async function usesIn(root: string, project: ProjectDescription): Promise<Uses> {
  const all = project.flatMap(({ name, edges, components }) =>
    edges.map(async (edge) => {
      const contract = components[edge.provider]
      const pact = await readPactIfAny(join(root, 'pacts', name, pactFileName(edge)))
      return [keyOf(name, edge), pact && contract ? usesOf(pact, contract) : []] as const
    }),
  )
  return new Map(await Promise.all(all))
}

function keyOf(system: string, { consumer, provider }: Edge): string {
  return `${system}/${consumer}--${provider}`
}
