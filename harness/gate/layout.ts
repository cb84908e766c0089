import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join, relative } from 'node:path'
import type { Finding } from '#harness/contract/finding.ts'
import { edgeName, type System } from '#harness/contract/system.ts'
import { paths, projectRoot } from '#harness/project/paths.ts'
import { commandFiles } from '#harness/stack/live/live-command.ts'
import { foreignImports } from './layout-imports.ts'
import { filesUnder } from './test-files.ts'

const kinds = ['consumers', 'providers', 'mocks', 'scenarios', 'pacts'] as const

/** Kinds whose systems have one folder per component. */
const kindsOfComponents = ['consumers', 'providers', 'mocks'] as const

/** The folder beside the components for what several of them have in common. */
const sharedFolder = 'shared'

export type LayoutRequest = Readonly<{
  /** The project's folder. */
  root: string
  /** Names of all systems of the project. */
  names: readonly string[]
  /** The systems to look into. */
  systems: readonly System[]
}>

/**
 * The mirror rule: contracts, consumers, providers, mocks, scenarios and pacts have the same second level (system), and
 * the first three the same third (component), beside a folder for what they share. No folder that no system names; no
 * component without its mock, its live service and its states; no edge without a consumer that records; no live service
 * that uses another component's client.
 */
export async function layoutFindings({ root, names, systems }: LayoutRequest): Promise<readonly Finding[]> {
  const found = await Promise.all([
    ...kinds.map((kind) => strays(root, kind, names)),
    ...systems.flatMap((system) => [
      ...kindsOfComponents.map((kind) => strayComponents(root, kind, system)),
      Promise.resolve(incomplete(root, system)),
      silentConsumers(root, system),
      foreignClients(root, system),
    ]),
  ])
  return found.flat()
}

function layout(system: string, path: string, { message, fix }: Pick<Finding, 'message' | 'fix'>): Finding {
  return { code: 'layout', severity: 'error', edge: system, path, message, fix }
}

async function foldersIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name)
}

async function strays(root: string, kind: string, names: readonly string[]): Promise<readonly Finding[]> {
  const folders = await foldersIn(join(root, kind))
  return folders
    .filter((folder) => !names.includes(folder))
    .map((folder) =>
      layout(folder, `${kind}/${folder}`, {
        message: 'No system has this name.',
        fix: `Declare it in contracts/${folder}/system.ts, or remove the folder.`,
      }),
    )
}

async function strayComponents(root: string, kind: string, system: System): Promise<readonly Finding[]> {
  const names = [...Object.keys(system.components), sharedFolder]
  const folder = join(root, kind, system.name)
  const mocks = kind === 'mocks' ? await filesUnder(folder, '.mock.ts') : []
  const found = [
    ...(await foldersIn(folder)),
    ...mocks.map((file) => relative(folder, file)).filter((file) => !file.includes('/')),
  ]
  return found
    .filter((name) => !names.includes(name.replace(/\.mock\.ts$/, '')))
    .map((name) =>
      layout(system.name, `${kind}/${system.name}/${name}`, {
        message: `${system.name} has no component of this name.`,
        fix: `Declare it in contracts/${system.name}/system.ts, or remove it.`,
      }),
    )
}

function incomplete(root: string, system: System): readonly Finding[] {
  const promising = Object.entries(system.components).filter(([, { contract }]) => contract !== undefined)
  return promising.flatMap(([name, component]) =>
    [
      { path: paths.mock(system.name, name), what: 'mock' },
      ...commandFiles(component).map((file) => ({
        path: join(paths.provider(system.name, name), file),
        what: 'live service',
      })),
      { path: paths.providerStates(system.name, name), what: 'set-up of states for its live service' },
    ]
      .map(({ path, what }) => ({ path: relative(projectRoot, path), what }))
      .filter(({ path }) => !existsSync(join(root, path)))
      .map(({ path, what }) =>
        layout(system.name, path, {
          message: `${system.name}/${name} has a contract and no ${what}: the file is missing.`,
          fix: 'Write it.',
        }),
      ),
  )
}

async function silentConsumers(root: string, system: System): Promise<readonly Finding[]> {
  const found = await Promise.all(
    system.edges.map(async (edge) => {
      const path = relative(projectRoot, paths.consumer(system.name, edge.consumer))
      const files = await filesUnder(join(root, path), '.pact.test.ts')
      if (files.length > 0) return []
      return [
        layout(system.name, path, {
          message: `${edgeName(edge)} is declared, and no *.pact.test.ts here records it.`,
          fix: 'Write one, or remove the edge.',
        }),
      ]
    }),
  )
  return found.flat()
}

/** A live service calls with the very client whose pacts are recorded: that of its own component, or what all share. */
async function foreignClients(root: string, system: System): Promise<readonly Finding[]> {
  const folders = [...Object.keys(system.components), sharedFolder]
  const found = await Promise.all(
    folders.map(async (component) => {
      const folder = relative(projectRoot, paths.provider(system.name, component))
      const own = [`${system.name}/${component}`, `${system.name}/${sharedFolder}`]
      return (await foreignImports(join(root, folder), own)).map(({ file, imported }) =>
        layout(system.name, `${folder}/${file}`, {
          message: `It imports consumers/${imported}: a provider takes clients of the same component and shared ones only.`,
          fix: `Take the client from consumers/${own[0]}, or write it there.`,
        }),
      )
    }),
  )
  return found.flat()
}
