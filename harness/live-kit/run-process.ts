import { once } from 'node:events'
import type { Logger } from 'pino'
import { InvalidEnvironment } from '#harness/contract/environment.ts'
import { listen, type Listening } from '#harness/serve/node/host.ts'
import type { Service } from '#harness/serve/service.ts'
import { CannotStart } from './cannot-start.ts'
import { reasonOf } from './reason-of.ts'

/** The process cannot do its work in the environment that it was given. */
const environmentExit = 14

/** How long requests that are under way may take to end when the process is asked to. */
const farewellMs = 1_000

/** A service that is put together, and where it is to listen. Disposing `application` closes its stores. */
export type Ready = Readonly<{
  application: AsyncDisposable & Readonly<{ service: Service }>
  /** `host:port`; a host of IPv6 may stand in brackets. */
  address: string
  /** The variable that the address comes from. */
  variable: string
  log: Logger
}>

/**
 * Runs a live service as this process, until SIGTERM or SIGINT: then it takes no more requests, ends those that are
 * under way, disposes the application and exits with 0. Logs `Listening` with its URL once it serves.
 * Exits with 14, the reason on standard error, where the environment is invalid, a store that it needs cannot be had
 * (CannotStart) or its address is taken; with 1 after any other error.
 */
export async function runProcess(start: () => Promise<Ready>): Promise<never> {
  try {
    await serveUntilAsked(await start())
    process.exit(0)
  } catch (error) {
    const expected = error instanceof InvalidEnvironment || error instanceof CannotStart
    process.stderr.write(`${expected ? reasonOf(error) : error instanceof Error ? error.stack : String(error)}\n`)
    process.exit(expected ? environmentExit : 1)
  }
}

async function serveUntilAsked({ log, ...ready }: Ready): Promise<void> {
  await using application = ready.application
  await using listening = await listenAt({ ...ready, application })
  const asked = Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT')])
  log.info({ url: listening.url, port: listening.port }, 'Listening')
  await asked
  log.info('Stopping')
}

async function listenAt({ application, address, variable }: Omit<Ready, 'log'>): Promise<Listening> {
  const { service } = application
  const [, host = '', port = ''] = /^\[?(.*?)\]?:(\d+)$/.exec(address) ?? []
  try {
    return await listen(service, { host, port: Number(port), farewellMs })
  } catch (error) {
    throw new CannotStart(
      `${service.contract.name} cannot listen at ${address}: ${reasonOf(error)}. Free it, or choose another ${variable}.`,
      { cause: error },
    )
  }
}
