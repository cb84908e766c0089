import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createRequire } from 'node:module'
import { stripVTControlCharacters } from 'node:util'

/** How an official command ended, and what it said on both streams. */
export type CliEnded = Readonly<{ code: number | null; output: string }>

const program = createRequire(import.meta.url).resolve('@pact-foundation/pact-cli/bin/pact-broker.js')

/** Runs `pact-broker` of @pact-foundation/pact-cli against a broker, as anybody would. */
export async function brokerCli(
  broker: Readonly<{ url: string }>,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<CliEnded> {
  const child = spawn(process.execPath, [program, ...args], {
    env: {
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      PACT_DO_NOT_TRACK: 'true',
      PACT_BROKER_BASE_URL: broker.url,
      PACT_BROKER_HTTP_RETRIES: '1',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')))
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, output: stripVTControlCharacters(output) }
}
