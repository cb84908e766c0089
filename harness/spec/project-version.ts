import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { jsonOr } from '#harness/contract/json.ts'
import { projectRoot } from '#harness/project/paths.ts'

/** The version of the project, which what it exports has too; `0.0.0` where it has none. */
export async function projectVersion(): Promise<string> {
  const { version } = jsonOr(await readFile(join(projectRoot, 'package.json'), 'utf8'), {}) as { version?: string }
  return version ?? '0.0.0'
}
