import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createRequire } from 'node:module'
import { stripVTControlCharacters } from 'node:util'
import { EnvironmentError } from '#harness/stack/environment-error.ts'
import { BrokerRefused } from './broker-errors.ts'

/**
 * Runs `pact-broker` of @pact-foundation/pact-cli, which reads the broker and its credentials from the environment as we do. Ask
 * the broker something first: what this says of one that cannot be reached is no more than words.
 * @returns what it printed
 * @throws BrokerRefused with what it said where it failed, EnvironmentError where it is not installed.
 */
export async function pactCli(args: readonly string[], env: NodeJS.ProcessEnv = process.env): Promise<string> {
  const child = spawn(process.execPath, [program(), ...args], {
    // Its own default is eight retries, which is minutes of a build that waits for a broker that is down.
    env: { ...env, PACT_BROKER_HTTP_RETRIES: '2', PACT_DO_NOT_TRACK: 'true', NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')))
  const [code] = (await once(child, 'close')) as [number | null]
  const said = stripVTControlCharacters(output).trim()
  if (code === 0) return said
  const lines = said.split('\n').map((line) => line.replace(/^❌\s*/u, '').trim())
  throw new BrokerRefused(`pact-broker ${args[0] ?? ''}`, 400, [...new Set(lines.filter((line) => line !== ''))])
}

function program(): string {
  try {
    return createRequire(import.meta.url).resolve('@pact-foundation/pact-cli/bin/pact-broker.js')
  } catch (error) {
    throw new EnvironmentError(
      'Cannot run pact-broker: @pact-foundation/pact-cli is not installed. Run npm ci with development dependencies.',
      { cause: error },
    )
  }
}
