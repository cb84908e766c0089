import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const folderImports = Object.fromEntries(
  ['harness', 'contracts', 'consumers', 'mocks'].map((folder) => [`#${folder}/*`, `./${folder}/*`]),
)

const repository = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

/** A project of its own for a test: this harness, and the files of a made-up system. */
export type TemporaryProject = AsyncDisposable &
  Readonly<{ root: string; write: (file: string, text: string) => Promise<void> }>

/** Makes a project in a temporary folder. Harness and dependencies are those of this repository, by link. */
export async function temporaryProject(files: Readonly<Record<string, string>>): Promise<TemporaryProject> {
  const root = await mkdtemp(join(tmpdir(), 'concordat-project-'))
  async function write(file: string, text: string): Promise<void> {
    await mkdir(dirname(join(root, file)), { recursive: true })
    await writeFile(join(root, file), text)
  }
  await symlink(join(repository, 'harness'), join(root, 'harness'))
  await symlink(join(repository, 'node_modules'), join(root, 'node_modules'))
  await write('package.json', JSON.stringify({ type: 'module', imports: folderImports }))
  await write('jest.config.ts', jestConfig)
  for (const [file, text] of Object.entries(files)) await write(file, text)
  return { root, write, [Symbol.asyncDispose]: () => rm(root, { recursive: true, force: true }) }
}

const reporters = ['recorder', 'recording'].map((name) => join(repository, `harness/jest/${name}-reporter.ts`))

const jestConfig = `import config from ${JSON.stringify(join(repository, 'jest.config.ts'))}
export default {
  ...config,
  rootDir: import.meta.dirname,
  reporters: [['default', { summaryThreshold: 1000 }], ...${JSON.stringify(reporters)}],
}
`
