import { existsSync } from 'node:fs'
import { relative } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Mock } from '#harness/mock/mock.ts'
import { paths, projectRoot } from './paths.ts'
import { UsageError } from './usage-error.ts'

/**
 * Loads the mock of a component: the export `mock` of its file.
 * @throws UsageError where there is none.
 */
export async function loadMock(system: string, component: string): Promise<Mock> {
  const file = paths.mock(system, component)
  if (!existsSync(file))
    throw new UsageError(`${system}/${component} has no mock: there is no ${relative(projectRoot, file)}. Write it.`)
  const { mock } = (await import(pathToFileURL(file).href)) as { mock?: Mock }
  if (!mock) throw new UsageError(`${file} exports no "mock". Export one made by mock() of harness/mock/mock.ts.`)
  return mock
}
