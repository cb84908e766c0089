import { cp, mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runNode, type Ran } from '#harness/testing/run.ts'
import { temporaryProject, type TemporaryProject } from '#harness/testing/temporary-project.ts'

const repository = dirname(dirname(dirname(dirname(fileURLToPath(import.meta.url)))))

const compilerOptions = {
  extends: join(repository, 'tsconfig.json'),
  // Links are followed by Node only: what a project links to is not its own to check.
  include: ['consumers'],
}

/** A project with contracts and mocks of a real system, and nothing recorded yet. */
export async function trafficProject(system: string): Promise<TemporaryProject & { compile: () => Promise<Ran> }> {
  const project = await temporaryProject({ 'tsconfig.json': JSON.stringify(compilerOptions) })
  for (const kind of ['contracts', 'mocks']) {
    const folder = join(project.root, kind, system)
    await mkdir(dirname(folder), { recursive: true })
    await cp(join(repository, kind, system), folder, { recursive: true })
  }
  const tsc = join(repository, 'node_modules/typescript/bin/tsc')
  return { ...project, compile: () => runNode([tsc, '--noEmit', '-p', project.root], { cwd: project.root }) }
}
