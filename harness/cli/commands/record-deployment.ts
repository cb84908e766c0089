import { BrokerRefused } from '#harness/broker/client/broker-errors.ts'
import { listEnvironments, presentIn, type BrokerEnvironment } from '#harness/broker/client/environments.ts'
import type { BrokerClient } from '#harness/broker/client/broker-client.ts'
import { pactCli } from '#harness/broker/client/pact-cli.ts'
import { runVersion } from '#harness/broker/client/run-version.ts'
import { projectRoot } from '#harness/project/paths.ts'
import { UsageError } from '#harness/project/usage-error.ts'
import { pacticipantNamed } from '../broker/pacticipants.ts'
import { withBroker } from '../broker/reach.ts'
import { command, common, type Command, type CommandResult } from '../command.ts'
import { exitCodes } from '../exit-code.ts'
import { didYouMean } from '../nearest.ts'

const args = {
  pacticipant: {
    type: 'positional',
    required: true,
    description: 'What was deployed: <system>/<component>, or its name in pacts.',
  },
  to: { type: 'string', required: true, valueHint: 'environment', description: 'Where to.' },
  version: { type: 'string', valueHint: 'version', description: 'Default: the commit, from GitHub Actions or git.' },
  instance: { type: 'string', valueHint: 'name', description: 'Which of several instances there it was deployed to.' },
  release: { type: 'boolean', description: 'It was released there, beside other versions: an app, a library.' },
  ended: {
    type: 'boolean',
    description: 'It is there no more: undeployed or, with --release, not supported any longer.',
  },
  json: common.json,
} as const

/** `concordat record-deployment`: tells the broker what is where. */
export const recordDeployment: Command = command(args, async (given) => {
  const pacticipant = await pacticipantNamed(given.pacticipant)
  if (given.release && given.instance !== undefined)
    throw new UsageError('--instance is for deployments: releases have none. Leave it out.')
  return withBroker(async (client) => {
    const environment = await environmentNamed(client, given.to)
    const presence = { pacticipant, environment, instance: given.instance, release: given.release === true }
    if (given.ended) return ended(client, { ...presence, version: given.version })
    const { version } = await runVersion(projectRoot, { version: given.version })
    return recorded(client, { ...presence, version })
  })
})

type Presence<V> = Readonly<{
  pacticipant: string
  environment: BrokerEnvironment
  instance: string | undefined
  release: boolean
  version: V
}>

async function environmentNamed(client: BrokerClient, name: string): Promise<BrokerEnvironment> {
  const all = await listEnvironments(client)
  const names = all.map((environment) => environment.name)
  const found = all.find((environment) => environment.name === name)
  if (found) return found
  throw new UsageError(`the broker has no environment "${name}".${didYouMean(name, names)} It has ${names.join(', ')}.`)
}

/** By the official command line, once the broker has answered and has the version. */
async function recorded(client: BrokerClient, presence: Presence<string>): Promise<CommandResult> {
  const { pacticipant, environment, instance, release, version } = presence
  const path = `/pacticipants/${encodeURIComponent(pacticipant)}/versions/${encodeURIComponent(version)}`
  if ((await client.find(path)) === undefined)
    throw new UsageError(
      `the broker has no version ${version} of ${pacticipant}: nothing was published of it. Publish its pacts or results first, or correct the name.`,
    )
  const named = ['--pacticipant', pacticipant, '--version', version, '--environment', environment.name]
  const which = instance === undefined ? [] : ['--application-instance', instance]
  await pactCli([release ? 'record-release' : 'record-deployment', ...named, ...which])
  const verb = release ? 'released' : 'deployed'
  return done(
    `${pacticipant} ${version} is ${verb} to ${environment.name}${instance === undefined ? '' : ` (${instance})`}`,
    presence,
  )
}

/** Over HTTP: the official command line says that it is done also where nothing was there, and minds no instance. */
async function ended(client: BrokerClient, presence: Presence<string | undefined>): Promise<CommandResult> {
  const { pacticipant, environment, instance, release, version } = presence
  const kind = release ? 'released' : 'deployed'
  const present = (await presentIn(client, environment)).filter(
    (one) =>
      one.kind === kind &&
      one.pacticipant === pacticipant &&
      one.instance === instance &&
      (version === undefined || one.version === version),
  )
  if (present.length === 0)
    throw new BrokerRefused('ending that', 404, [
      `${pacticipant} is not ${kind} to ${environment.name}. See "concordat environments"`,
    ])
  if (release && present.length > 1 && version === undefined)
    throw new UsageError(`${present.length} versions of ${pacticipant} are released there. Name one with --version.`)
  for (const { url } of present)
    await client.send('PATCH', url, release ? { currentlySupported: false } : { currentlyDeployed: false })
  const versions = present.map((one) => one.version).join(', ')
  return done(`${pacticipant} ${versions} is ${kind} to ${environment.name} no more`, presence)
}

function done(
  line: string,
  { pacticipant, environment, version, instance }: Presence<string | undefined>,
): CommandResult {
  return {
    exitCode: exitCodes.ok,
    findings: [],
    lines: [line],
    data: { pacticipant, version, environment: environment.name, instance },
  }
}
