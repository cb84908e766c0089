import { join, resolve } from 'node:path'
import { openBrokerStore } from '#harness/broker/server/broker-store.ts'
import { startBroker, type RunningBroker } from '#harness/broker/server/start-broker.ts'
import { CannotStart } from '#harness/live-kit/cannot-start.ts'
import { paths } from '#harness/project/paths.ts'
import { UsageError } from '#harness/project/usage-error.ts'
import { EnvironmentError } from '#harness/stack/environment-error.ts'
import { serverSettings } from '../broker/server-settings.ts'
import { valuesOf } from '../check-args.ts'
import { command, common, type Command } from '../command.ts'
import { exitCodes } from '../exit-code.ts'
import { listenForInterruption } from '../interruption.ts'
import { toStandardOutput } from '../standard-output.ts'
import { refuseTakenPort } from '../up/port-taken.ts'

const args = {
  port: { type: 'string', valueHint: 'port', default: '9292', description: 'Where it listens; 0 is a free one.' },
  host: {
    type: 'string',
    valueHint: 'address',
    default: '127.0.0.1',
    description: 'Another one asks for credentials.',
  },
  data: { type: 'string', valueHint: 'folder', description: 'Where its database is kept. Default: .concordat/broker.' },
  'base-url': { type: 'string', valueHint: 'url', description: 'Where clients find it, behind a proxy.' },
  'webhook-host': {
    type: 'string',
    valueHint: 'host|range|/pattern/',
    description: 'A host that webhooks may call: none may without. May be given again.',
  },
  'webhook-scheme': { type: 'string', valueHint: 'scheme', description: 'Default: https. May be given again.' },
  json: { ...common.json, description: 'Print one JSON object in a line for each thing that happens.' },
} as const

/** `concordat broker`: a Pact Broker until Ctrl-C, in PostgreSQL. */
export const broker: Command = {
  ...command(args, async ({ port, host, data, json = false, 'base-url': baseUrl }, rawArgs) => {
    const webhookHosts = valuesOf(rawArgs, args, 'webhook-host')
    const webhookSchemes = valuesOf(rawArgs, args, 'webhook-scheme')
    const settings = serverSettings({ host, baseUrl, webhookHosts, webhookSchemes }, process.env)
    const number = portNumber(port)
    if (number !== 0) await refuseTakenPort('the broker', number, 'name another port with --port')
    using interruption = listenForInterruption()
    const folder = data === undefined ? join(paths.scratch(), 'broker') : resolve(data)
    await using store = await Promise.race([openBrokerStore(process.env['DATABASE_URL'], folder), interruption.never])
    const onError = (error: Error): void => void process.stderr.write(`${error.stack}\n`)
    const starting = startBroker({ databaseUrl: store.url, port: number, host, settings, onError }).catch(asEnvironment)
    await using running: RunningBroker = await Promise.race([starting, interruption.never])
    tell({ url: baseUrl ?? running.url, store: store.description, auth: settings.auth.kind }, json)
    await interruption.asked
    return { exitCode: exitCodes.ok, findings: [], lines: [] }
  }),
  printsJsonLines: true,
}

type Started = Readonly<{ url: string; store: string; auth: 'none' | 'basic' | 'token' }>

function tell(started: Started, json: boolean): void {
  if (json) return toStandardOutput(`${JSON.stringify({ type: 'started', ...started })}\n`)
  const { url, store, auth } = started
  const asks =
    auth === 'none' ? 'asks for no credentials' : auth === 'basic' ? 'asks for a user name' : 'asks for a token'
  process.stdout.write(`The broker is at ${url} and ${asks}. It keeps what it has in ${store}.\nEnd it with Ctrl-C.\n`)
}

function portNumber(text: string): number {
  const port = Number(text)
  if (Number.isInteger(port) && port >= 0 && port < 65_536) return port
  throw new UsageError(`--port is "${text}", which is no port. Write a number, as in 9292.`)
}

function asEnvironment(error: unknown): never {
  if (error instanceof CannotStart) throw new EnvironmentError(error.message, { cause: error })
  const { code, message } = error as NodeJS.ErrnoException
  if (code === undefined) throw error
  throw new EnvironmentError(`Cannot start the broker: ${message}. Name another --port or --host.`, { cause: error })
}
