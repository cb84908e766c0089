import { readdir } from 'node:fs/promises'
import { join } from 'node:path'

/** What a gate runs, as absolute paths in a stable order. */
export type TestFiles = Readonly<{
  /** `*.pact.test.ts` of consumers: they record. */
  recordings: readonly string[]
  /** `*.replay.test.ts` of providers and mocks. */
  replays: readonly string[]
  /** `*.scenario.test.ts`, drift suites among them. */
  scenarios: readonly string[]
}>

/** The test files of these systems under a project's folder. */
export async function findTestFiles(root: string, systems: readonly string[]): Promise<TestFiles> {
  const find = async (kind: string, suffix: string): Promise<readonly string[]> => {
    const perSystem = systems.map((system) => filesUnder(join(root, kind, system), suffix))
    return (await Promise.all(perSystem)).flat()
  }
  const [recordings, providers, mocks, scenarios] = await Promise.all([
    find('consumers', '.pact.test.ts'),
    find('providers', '.replay.test.ts'),
    find('mocks', '.replay.test.ts'),
    find('scenarios', '.scenario.test.ts'),
  ])
  return { recordings, replays: [...providers, ...mocks], scenarios }
}

/** The files under a folder, at any depth, whose names end so. None where there is no such folder. */
export async function filesUnder(folder: string, suffix: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true }).catch(() => [])
  return entries
    .filter((entry) => entry.endsWith(suffix))
    .map((entry) => join(folder, entry))
    .toSorted()
}
