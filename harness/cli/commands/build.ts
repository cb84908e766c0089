import { join, resolve } from 'node:path'
import type { ArgsDef } from 'citty'
import { addressVariables, findApp, type App } from '#harness/browser/app.ts'
import { appVariables } from '#harness/browser/app-variables.ts'
import { checkBuildFolder } from '#harness/browser/vite/build-folder.ts'
import type { BuildOptions } from '#harness/browser/vite/build-app.ts'
import { paths } from '#harness/project/paths.ts'
import { loadSystem } from '#harness/project/systems.ts'
import { command, common, type Command } from '../command.ts'
import { firstStates } from '../dev/first-states.ts'
import { browserOrigin, hostedMocks } from '../dev/hosted-mocks.ts'
import { exitCodes } from '../exit-code.ts'

const args = {
  system: { type: 'positional', required: true, description: 'The system whose pages to build.' },
  mocks: {
    type: 'boolean',
    description: 'Put the mocks into the pages: they run in the browser, with no server at all.',
  },
  out: {
    type: 'string',
    valueHint: 'folder',
    description:
      'The folder to build into: a new or empty one, or an earlier build. Default .concordat/app/<system>/<component>.',
  },
  json: common.json,
} as const satisfies ArgsDef

/** `concordat build`: the pages of a system as static files, with the addresses out of the environment. */
export const build: Command = command(args, async ({ system: name, out, mocks = false }) => {
  const app = findApp(await loadSystem(name))
  const folder = out === undefined ? join(paths.scratch(), 'app', name, app.component) : resolve(out)
  const parts = mocks ? await mockedParts(app) : { variables: appVariables(app, process.env) }
  if (out !== undefined) await checkBuildFolder(folder)
  const { buildApp } = await import('#harness/browser/vite/build-app.ts')
  await buildApp(app, { folder, ...parts })
  const told = Object.entries(parts.variables).map(([variable, value]) => `${variable}=${value}`)
  return {
    exitCode: exitCodes.ok,
    findings: [],
    lines: [`built ${name}/${app.component} into ${folder}${told.length > 0 ? ` with ${told.join(' ')}` : ''}`],
    data: { folder },
  }
})

/** Pages with their mocks take these to be where people know them. */
async function mockedParts(app: App): Promise<Pick<BuildOptions, 'variables'> & Required<Pick<BuildOptions, 'mocks'>>> {
  return {
    variables: addressVariables(app, (provider) => browserOrigin(app.system, provider)),
    mocks: await hostedMocks(app.system, await firstStates(app)),
  }
}
