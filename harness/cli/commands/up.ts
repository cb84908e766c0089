import { flushCompileCache } from 'node:module'
import type { ArgsDef } from 'citty'
import { UsageError } from '#harness/project/usage-error.ts'
import { loadSystem, systemNames } from '#harness/project/systems.ts'
import { watchChance } from '#harness/scenario/hot/chance.ts'
import { moduleGraph } from '#harness/scenario/hot/module-graph.ts'
import { EnvironmentError } from '#harness/stack/environment-error.ts'
import { valuesOf } from '../check-args.ts'
import { command, common, type Command } from '../command.ts'
import { exitCodes } from '../exit-code.ts'
import { listenForInterruption } from '../interruption.ts'
import { choicesOf, readState } from '../up/choices.ts'
import { checkComposeFlags, composeArgs } from '../up/compose-flags.ts'
import { sourceFolders } from '../up/folders.ts'
import { jsonLines, linesFor } from '../up/output.ts'
import { checkStates } from '../up/states.ts'

const args = {
  system: { type: 'positional', required: true, description: 'The system to start.' },
  live: {
    type: 'string',
    valueHint: 'component[=url]',
    description: 'Run this component live, or use the one at the URL. May be given again.',
  },
  ports: {
    type: 'enum',
    options: ['own', 'free'],
    default: 'own',
    description: "The ports that the system's components are known by, or free ones.",
  },
  state: {
    type: 'string',
    valueHint: 'name:{json}',
    description: 'Put the components that have this state into it. May be given again.',
  },
  'control-port': {
    type: 'string',
    valueHint: 'port',
    description: 'The port of the control API and its page. A free one by default.',
  },
  quiet: { type: 'boolean', description: 'Say nothing of requests.' },
  ...composeArgs,
  json: { ...common.json, description: 'Print one JSON object in a line for each thing that happens.' },
} as const satisfies ArgsDef

/** `concordat up`: a system's components until Ctrl-C. */
export const up: Command = {
  ...command(args, async ({ system: name, ports, quiet = false, json = false, ...rest }, rawArgs) => {
    const { compose = false, keep = false, verbose = false } = rest
    checkComposeFlags({ compose, keep, verbose }, givenOf(rawArgs, ['live', 'state', 'control-port']))
    const controlPort = portOf(rest['control-port'])
    await refuseUnknown(name)
    if (compose) {
      const { upInCompose } = await import('../up/compose.ts')
      return upInCompose(await loadSystem(name), { ports, keep, verbose, json })
    }
    // Before any code of the system is loaded.
    watchChance()
    const graph = moduleGraph(sourceFolders(name))
    const system = await loadSystem(name)
    const choices = choicesOf(system, valuesOf(rawArgs, args, 'live'))
    const states = valuesOf(rawArgs, args, 'state').map(readState)
    checkStates(system, choices, states)
    using interruption = listenForInterruption()
    const output = json ? jsonLines(quiet) : linesFor(system, quiet)
    const { startSession } = await import('../up/session.ts')
    const starting = startSession({ system, choices, ports, states, controlPort, graph, output })
    // What is still starting when somebody asks to stop ends with this process: the warden sees to it.
    await using session = await Promise.race([starting, interruption.never])
    // Also where it is killed, the next start finds what was compiled.
    flushCompileCache()
    const ended = await Promise.race([interruption.asked, session.ended])
    if (ended !== undefined) throw new EnvironmentError(ended)
    return { exitCode: exitCodes.ok, findings: [], lines: [] }
  }),
  printsJsonLines: true,
}

/** Those of some flags that were given. */
function givenOf(rawArgs: readonly string[], flags: readonly ('live' | 'state' | 'control-port')[]): readonly string[] {
  return flags.filter((flag) => valuesOf(rawArgs, args, flag).length > 0).map((flag) => `--${flag}`)
}

function portOf(text: string | undefined): number {
  if (text === undefined) return 0
  const port = Number(text)
  if (/^\d+$/.test(text) && port > 0 && port < 65_536) return port
  throw new UsageError(`--control-port "${text}" is no port. Give a number from 1 to 65535.`)
}

async function refuseUnknown(name: string): Promise<void> {
  const names = await systemNames()
  if (!names.includes(name))
    throw new UsageError(`there is no system "${name}": contracts/ has ${names.join(', ')}. Name one of them.`)
}
