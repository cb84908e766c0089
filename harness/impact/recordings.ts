import { existsSync } from 'node:fs'
import { edgesFrom, type Edge, type System } from '#harness/contract/system.ts'
import { InvalidPact, readPact } from '#harness/pact/file/pact-file.ts'
import { paths, projectRoot } from '#harness/project/paths.ts'
import type { Closure } from './closure.ts'
import { filesIn } from './project-files.ts'

/** What tells which tests record which edges. */
export type RecordingsRequest = Readonly<{
  system: System
  closure: Closure
  contracts: ReadonlyMap<string, readonly string[]>
}>

/**
 * The tests that record an edge: those that its pact names, and those of its consumer that no pact names (yet) and that
 * use the provider's contract, or none that is known. Removed ones that the pact still names are among them.
 */
export async function recordingsOf(edge: Edge, request: RecordingsRequest): Promise<readonly string[]> {
  const { system, closure, contracts } = request
  const tests = filesIn(projectRoot, `consumers/${system.name}/${edge.consumer}`).filter((file) =>
    file.endsWith('.pact.test.ts'),
  )
  const siblings = edgesFrom(system, edge.consumer)
  const named = await Promise.all(siblings.map((sibling) => sourcesOf(system, sibling)))
  const own = await sourcesOf(system, edge)
  const others = new Set(named.flat())
  const fresh = tests
    .filter((file) => !others.has(file))
    .filter((file) => {
      const used = siblings.filter(({ provider }) => uses(closure([file]), contracts.get(provider)))
      return used.length === 0 || used.some(({ provider }) => provider === edge.provider)
    })
  return [...new Set([...own, ...fresh])].toSorted()
}

function uses(files: ReadonlySet<string>, modules: readonly string[] | undefined): boolean {
  return modules?.some((module) => files.has(module)) ?? false
}

/** The tests that an edge's pact was recorded by; none where it has no pact that can be read. */
async function sourcesOf(system: System, edge: Edge): Promise<readonly string[]> {
  const file = paths.pact(system.name, edge)
  if (!existsSync(file)) return []
  try {
    return Object.keys((await readPact(file)).metadata.concordat?.sources ?? {})
  } catch (error) {
    if (error instanceof InvalidPact) return []
    throw error
  }
}
