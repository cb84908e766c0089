import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { AnyContract } from '#harness/contract/contract.ts'
import type { System } from '#harness/contract/system.ts'
import { generatedMark, type GeneratedFile } from '../generated-file.ts'
import { schemaBook } from '../schema-book.ts'
import { withErrorNames, type SchemaNames } from '../schema-names.ts'
import { clientClass, componentModule } from './component-module.ts'
import { modelsModule } from './models-module.ts'
import { identifierOf } from './names.ts'
import { projectText, readmeText } from './project-files.ts'
import { bracketed, docstring } from './text.ts'

/** A component that promises something. */
export type Promising = Readonly<{ component: string; module: string; contract: AnyContract }>

/** What of the runtime people use by name. */
const runtimeNames = {
  client: ['Client'],
  credentials: ['BearerToken', 'Cookie', 'Credentials'],
  errors: ['ConcordatError', 'ConnectionFailed', 'ContractViolation', 'ReplyError', 'TimedOut'],
  models: ['Model', 'to_json'],
  replies: ['Headers', 'Reply'],
} as const satisfies Readonly<Record<string, readonly string[]>>

/**
 * A Python package with a client for each component of a system that has a contract: standard library only, Python 3.9
 * and newer. Streams and channels are left out; the module of a component says which.
 */
export async function pythonPackage(system: System, given: SchemaNames): Promise<readonly GeneratedFile[]> {
  const components = promisingComponents(system)
  const names = withErrorNames(given, system)
  const book = schemaBook(names)
  const modules = components.map(({ component, module, contract }) => ({
    path: `${module}.py`,
    text: componentModule({ component, contract, book, names }),
  }))
  const sources: readonly GeneratedFile[] = [
    ...modules,
    { path: 'models.py', text: modelsModule(book, `Shapes that the contracts of ${system.name} name.`) },
    { path: '__init__.py', text: initText(system, components) },
    { path: 'py.typed', text: '' },
  ]
  const name = packageName(system.name)
  const comment = `# ${generatedMark('python', system.name)}\n`
  return [
    ...[...sources, ...(await runtimeFiles())].map(({ path, text }) => ({
      path: `${name}/${path}`,
      text: `${comment}${text}`,
    })),
    { path: 'pyproject.toml', text: `${comment}${await projectText(system, name)}` },
    {
      path: 'README.md',
      text: `<!-- ${generatedMark('python', system.name)} -->\n\n${readmeText(system, components, name)}`,
    },
  ]
}

/** `concordat_prometheus`: the package of a system. */
export function packageName(system: string): string {
  return `concordat_${identifierOf(system)}`
}

function promisingComponents(system: System): readonly Promising[] {
  return Object.entries(system.components).flatMap(([component, { contract }]) =>
    contract ? [{ component, module: identifierOf(component), contract }] : [],
  )
}

function initText(system: System, components: readonly Promising[]): string {
  const clients = components.map(({ component, module }) => `from .${module} import ${clientClass(component)}`)
  const runtime = Object.entries(runtimeNames).map(
    ([module, names]) => `from .runtime.${module} import ${names.join(', ')}`,
  )
  const all = [...components.map(({ component }) => clientClass(component)), ...Object.values(runtimeNames).flat()]
  return [
    ...docstring([`Clients of ${system.name}.`], 0),
    '',
    ...[...clients, ...runtime].toSorted(),
    '',
    ...bracketed(
      ['__all__ = [', ']'],
      all.toSorted().map((name) => JSON.stringify(name)),
    ),
    '',
  ].join('\n')
}

/** The first line of each runtime file, in place of which the mark comes: lines keep their numbers. */
const runtimeMark = '# Copied into each generated client.\n'

const runtimeFolder = join(import.meta.dirname, 'runtime')

async function runtimeFiles(): Promise<readonly GeneratedFile[]> {
  const files = (await readdir(runtimeFolder)).filter((file) => file.endsWith('.py')).toSorted()
  return Promise.all(
    files.map(async (file) => {
      const text = await readFile(join(runtimeFolder, file), 'utf8')
      return { path: `runtime/${file}`, text: text.replace(runtimeMark, '') }
    }),
  )
}
