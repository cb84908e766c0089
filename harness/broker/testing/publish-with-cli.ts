import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brokerCli, type CliEnded } from './broker-cli.ts'

/** Publishes pacts with the official command line, from files. */
export async function publishWithCli(
  broker: Readonly<{ url: string }>,
  pacts: readonly Readonly<Record<string, unknown>>[],
  args: readonly string[],
): Promise<CliEnded> {
  const folder = await mkdtemp(join(tmpdir(), 'concordat-pacts-'))
  try {
    await Promise.all(pacts.map((pact, index) => writeFile(join(folder, `${index}.json`), JSON.stringify(pact))))
    return await brokerCli(broker, ['publish', folder, ...args])
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
