import { containerName } from '#contracts/prometheus/container.ts'
import type { NodeOptions } from '#consumers/prometheus/shared/node-options.ts'
import { tokenSource } from '#consumers/prometheus/shared/token-source.ts'
import { makeLoggers } from '#harness/live-kit/log.ts'
import { runProcess } from '#harness/live-kit/run-process.ts'
import type { NodeTools, OpenNode } from './open-node.ts'
import { tokenKeysOf, type NodeSettings } from './settings.ts'
import { realClock } from './work/clock.ts'

/** A kind of node as a process. */
export type NodeProcess = Readonly<{
  /** Its name in the system: whom its tokens are of. */
  name: string
  bindVariable: string
  /** Reads the environment. Throws InvalidEnvironment or CannotStart. */
  readSettings: (variables: Readonly<Record<string, string | undefined>>) => NodeSettings
  /** Puts the node together. */
  open: (options: NodeOptions, tools: NodeTools) => Promise<OpenNode>
}>

/** Runs a node as this process, until it is asked to end: see `runProcess`. */
export function runNode({ name, bindVariable, readSettings, open }: NodeProcess): Promise<never> {
  return runProcess(async () => {
    const settings = readSettings(process.env)
    const { keys, privateKey, coordinatorUrl, containerUrl, directory, pollSeconds, githubUsername } = settings
    const caller = { name, role: 'node' } as const
    const tokenKeys = tokenKeysOf(settings)
    const token = tokenSource({ keys, caller, audience: containerName })
    const logs = makeLoggers(['node', 'work'], { level: settings.logLevel })
    const application = await open(
      { coordinatorUrl, containerUrl, privateKey, token },
      { directory, keys: tokenKeys, pollSeconds, githubUsername, clock: realClock, logs },
    )
    // What it does first is to ask whether the others are there: an address that is taken is known before it claims.
    application.begin()
    return { application, address: settings.address, variable: bindVariable, log: logs.node }
  })
}
