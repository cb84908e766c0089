import type { BrokerClient } from '#harness/broker/client/broker-client.ts'
import {
  listEnvironments,
  presentIn,
  type BrokerEnvironment,
  type Present,
} from '#harness/broker/client/environments.ts'
import { pactCli } from '#harness/broker/client/pact-cli.ts'
import { UsageError } from '#harness/project/usage-error.ts'
import { withBroker } from '../broker/reach.ts'
import { command, common, type Command } from '../command.ts'
import { exitCodes } from '../exit-code.ts'

/** `concordat environments`: what there is, and what is there. */
export const environments: Command = command(
  {
    create: { type: 'string', valueHint: 'name', description: 'Make this environment first.' },
    'display-name': { type: 'string', valueHint: 'text', description: 'With --create: what people call it.' },
    production: { type: 'boolean', description: 'With --create: it is one that users see.' },
    json: common.json,
  },
  async ({ create, 'display-name': displayName, production }) => {
    if (create === undefined && (displayName !== undefined || production))
      throw new UsageError('--display-name and --production go with --create. Name an environment with it.')
    return withBroker(async (client) => {
      if (create !== undefined) await make(client, { name: create, displayName, production })
      const all = await Promise.all(
        (await listEnvironments(client)).map(async (one) => ({ ...one, present: await presentIn(client, one) })),
      )
      return { exitCode: exitCodes.ok, findings: [], lines: all.flatMap(linesOf), data: { environments: all } }
    })
  },
)

type New = Readonly<{ name: string; displayName: string | undefined; production: boolean | undefined }>

async function make(client: BrokerClient, { name, displayName, production }: New): Promise<void> {
  if ((await listEnvironments(client)).some((one) => one.name === name))
    throw new UsageError(`there is an environment "${name}" already. Leave --create out.`)
  const named = displayName === undefined ? [] : ['--display-name', displayName]
  await pactCli(['create-environment', '--name', name, ...named, ...(production ? ['--production'] : [])])
}

function linesOf({
  name,
  displayName,
  production,
  present,
}: BrokerEnvironment & { present: readonly Present[] }): readonly string[] {
  const title = displayName === name ? name : `${name} (${displayName})`
  return [
    `${title}${production ? ', production' : ''}${present.length === 0 ? ': nothing is there' : ''}`,
    ...present.map(({ kind, pacticipant, version, instance }) => {
      const where = instance === undefined ? '' : ` (${instance})`
      return `  ${pacticipant} ${version}${where} ${kind}`
    }),
  ]
}
