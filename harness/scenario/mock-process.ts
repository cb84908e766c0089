// The main module of a process that is one mock, as the exported Compose file runs it: node mock-process.ts <system>
// <component>. The component listens on its own port, for other containers to reach; its states are set up at STATES_PORT, by
// Pact's state-change protocol. Its edges' variables say where those are that it calls. Ends with SIGTERM or SIGINT.
import { once } from 'node:events'
import { edgesFrom } from '#harness/contract/system.ts'
import { listenMock } from '#harness/mock/listen.ts'
import { mockOptions } from '#harness/pact/replay/open-target.ts'
import { startStatesServer } from '#harness/pact/replay/states-server.ts'
import { loadMock } from '#harness/project/mocks.ts'
import { loadSystem } from '#harness/project/systems.ts'
import type { Served } from '#harness/serve/service.ts'

const host = '0.0.0.0'
const [, , systemName = '', name = ''] = process.argv
const asked = Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT')])

const system = await loadSystem(systemName)
const component = system.components[name]
const calls = edgesFrom(system, name)
const known = await mockOptions(system, name)
const origins = process.env[component?.originsVariable ?? '']?.split(',')

function peerUrl(provider: string): string {
  const { variable = '' } = calls.find((edge) => edge.provider === provider) ?? {}
  const url = process.env[variable]
  if (!url) throw new TypeError(`${systemName}/${name} calls ${provider}: ${variable} does not say where. Set it.`)
  return url
}

function say(text: string): void {
  process.stdout.write(`${text}\n`)
}

const variables = Object.keys(component?.environment ?? {}).flatMap((variable) => {
  const value = process.env[variable]
  return value === undefined ? [] : [[variable, value] as const]
})
await using mock = await listenMock(await loadMock(systemName, name), {
  ...known,
  ...(origins && { allowedOrigins: origins }),
  environment: { ...known.environment, ...Object.fromEntries(variables) },
  // Its background runs where it can reach all that it calls.
  ...(calls.every(({ variable = '' }) => process.env[variable]) && { peers: peerUrl }),
  port: component?.port ?? 0,
  host,
  onServed: ({ operation = 'no operation', method, path, status, milliseconds }: Served) =>
    say(`${operation} ${method} ${path} ${status} ${milliseconds.toFixed(1)} ms`),
  onFinding: ({ code, message }) => say(`${code}: ${message}`),
})
await using states = await startStatesServer(mock, { host, port: Number(process.env['STATES_PORT'] ?? 0) })
say(`${systemName}/${name} is a mock at ${mock.url}, its states at ${states.url}`)
await asked
