import type { ArgsDef } from 'citty'
import type { System } from '#harness/contract/system.ts'
import { loadSystem } from '#harness/project/systems.ts'
import { tableLines } from '#harness/report/table.ts'
import { EnvironmentError } from '#harness/stack/environment-error.ts'
import { valuesOf } from '../check-args.ts'
import { command, type Command } from '../command.ts'
import { exitCodes } from '../exit-code.ts'
import { listenForInterruption } from '../interruption.ts'
import { choicesOf, readState, type Choice, type StateChoice } from '../up/choices.ts'
import { foreign } from '../up/foreign.ts'
import { runMock } from '../up/mocked.ts'
import { placesOf, type Places } from '../up/places.ts'
import { refuseTakenPort } from '../up/port-taken.ts'
import type { Running } from '../up/running.ts'
import { checkStates, statesOf } from '../up/states.ts'

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
    description: 'Put the mocks that have this state into it. May be given again.',
  },
} as const satisfies ArgsDef

/** `concordat up`: a system's components until Ctrl-C. */
export const up: Command = command(args, async ({ system: name, ports }, rawArgs) => {
  const system = await loadSystem(name)
  const choices = choicesOf(system, valuesOf(rawArgs, args, 'live'))
  const states = valuesOf(rawArgs, args, 'state').map(readState)
  checkStates(system, choices, states)
  using interruption = listenForInterruption()
  await using resources = new AsyncDisposableStack()
  const running: Running[] = []
  const places = await placesOf(system, choices, ports)
  for (const choice of choices) {
    const start = startComponent(system, choice, { ports, places, states })
    running.push(resources.use(await Promise.race([start, interruption.never])))
  }
  process.stdout.write(`${tableOf(running).join('\n')}\n\nCtrl-C stops them.\n`)
  const ended = await Promise.race([interruption.asked, ...running.map((one) => one.ended)])
  if (ended !== undefined) throw new EnvironmentError(ended)
  return { exitCode: exitCodes.ok, findings: [], lines: [] }
})

type Options = Readonly<{ ports: 'own' | 'free'; places: Places; states: readonly StateChoice[] }>

async function startComponent(system: System, choice: Choice, { ports, places, states }: Options): Promise<Running> {
  const { component } = choice
  if (choice.kind === 'url') return foreign(component, choice.url)
  if (ports === 'own') await refuseTakenPort(`${system.name}/${component}`, places.port(component))
  if (choice.kind === 'live') {
    // Loaded where it is needed: stores and containers take longer to load than a mock takes to start.
    const { runLive } = await import('../up/live.ts')
    return runLive(system, component, places)
  }
  return runMock(system, component, {
    places,
    states: statesOf(system, component, states),
    onFinding: (text) => void process.stderr.write(`${text}\n`),
  })
}

function tableOf(running: readonly Running[]): readonly string[] {
  const rows = running.map(({ component, kind, url, stores }) => [component, kind, url, stores.join(' · ')])
  return tableLines([['component', 'kind', 'url', 'stores'], ...rows])
}
