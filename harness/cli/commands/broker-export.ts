import { brokerAddress } from '#harness/broker/client/broker-address.ts'
import { brokerClient } from '#harness/broker/client/broker-client.ts'
import { moveBroker } from '#harness/broker/client/export/move-broker.ts'
import { UsageError } from '#harness/project/usage-error.ts'
import { withBroker } from '../broker/reach.ts'
import { command, common, type Command } from '../command.ts'
import { exitCodes } from '../exit-code.ts'

/** `concordat broker export`: what the broker of the environment has, to another one. */
export const brokerExport: Command = command(
  {
    to: {
      type: 'string',
      required: true,
      valueHint: 'url',
      description:
        'The other broker. Its credentials: TARGET_PACT_BROKER_TOKEN, or TARGET_PACT_BROKER_USERNAME and _PASSWORD.',
    },
    json: common.json,
  },
  async ({ to }) => {
    const target = brokerClient(
      brokerAddress({
        PACT_BROKER_BASE_URL: to,
        PACT_BROKER_TOKEN: process.env['TARGET_PACT_BROKER_TOKEN'],
        PACT_BROKER_USERNAME: process.env['TARGET_PACT_BROKER_USERNAME'],
        PACT_BROKER_PASSWORD: process.env['TARGET_PACT_BROKER_PASSWORD'],
      }),
    )
    return withBroker(async (from) => {
      if (from.baseUrl === target.baseUrl) throw new UsageError(`--to is the broker itself: ${to}. Name another one.`)
      const moved = await moveBroker({ from, to: target }, (line) => void process.stderr.write(`${line}\n`))
      const counts = Object.entries(moved).map(([what, count]) => `${count} ${what}`)
      return {
        exitCode: exitCodes.ok,
        findings: [],
        lines: [`${from.baseUrl} -> ${target.baseUrl}: ${counts.join(', ')}. Webhooks are left out: make them anew.`],
        data: { moved },
      }
    })
  },
)
