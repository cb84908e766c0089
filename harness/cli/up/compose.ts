import { pageComponents, type System } from '#harness/contract/system.ts'
import { stageProgress } from '#harness/gate/stage-progress.ts'
import { tableLines } from '#harness/report/table.ts'
import { openComposeStack, type ComposeStack } from '#harness/stack/compose/compose-stack.ts'
import type { CommandResult } from '../command.ts'
import { exitCodes } from '../exit-code.ts'
import { listenForInterruption } from '../interruption.ts'
import { toStandardOutput } from '../standard-output.ts'
import { builtPages } from './compose-pages.ts'
import { describeContainers, type ContainerRow } from './compose-rows.ts'
import { refuseTakenPort } from './port-taken.ts'

export type ComposeUp = Readonly<{
  ports: 'own' | 'free'
  /** Keep what is stored, for the next time that it is kept. */
  keep: boolean
  /** Say what the containers say. */
  verbose: boolean
  /** One JSON object in a line for each thing that happens. */
  json: boolean
}>

/**
 * `concordat up --compose`: the live services of a system in containers behind their entry, until Ctrl-C. Then they are
 * taken down, with all that they stored unless it is kept.
 * @throws EnvironmentError where there is no Docker engine, a port is taken, an image or pages cannot be built, or a service
 *   does not become healthy.
 */
export async function upInCompose(system: System, options: ComposeUp): Promise<CommandResult> {
  if (options.ports === 'own') await refuseTakenPorts(system)
  using interruption = listenForInterruption()
  const progress = stageProgress((line) => void process.stderr.write(`${line}\n`))
  const starting = start(system, options, progress.start)
  {
    // What is still starting when somebody asks to stop is taken down by the warden, with this process.
    await using stack = await Promise.race([starting, interruption.never])
    tell(await describeContainers(system, stack), options.json)
    if (options.verbose) stack.onLine([], (line) => say(line, options.json))
    await interruption.asked
    progress.line('stop       taking the containers down …')
  }
  return { exitCode: exitCodes.ok, findings: [], lines: [] }
}

async function start(
  system: System,
  { ports, keep }: ComposeUp,
  begin: ReturnType<typeof stageProgress>['start'],
): Promise<ComposeStack> {
  await using resources = new AsyncDisposableStack()
  const built = begin('build', `images and pages of ${system.name}`)
  const data = keep ? 'kept' : 'discarded'
  const pages = await builtPages(system)
  const stack = resources.use(await openComposeStack(system, { ports, data, pages }))
  built(Object.keys(pages).length === pageComponents(system).length ? 'built' : 'built; there are no pages to serve')
  const started = begin('start', `${system.name} in containers`)
  await stack.start()
  started('healthy')
  const owned = resources.move()
  return { ...stack, [Symbol.asyncDispose]: () => owned.disposeAsync() }
}

/** Those at which containers are found from outside. */
async function refuseTakenPorts(system: System): Promise<void> {
  for (const [name, { port, contract, entry }] of Object.entries(system.components)) {
    if (port !== undefined && (contract || entry)) await refuseTakenPort(`${system.name}/${name}`, port)
  }
}

function tell(rows: readonly ContainerRow[], json: boolean): void {
  if (json) return toStandardOutput(`${JSON.stringify({ type: 'started', components: rows })}\n`)
  const cells = rows.map(({ component, kind, url, detail }) => [component, kind, url, detail])
  toStandardOutput(
    `${tableLines([['component', 'kind', 'url', ''], ...cells]).join('\n')}\n\nCtrl-C takes them down.\n`,
  )
}

function say(line: string, json: boolean): void {
  toStandardOutput(json ? `${JSON.stringify({ type: 'log', line })}\n` : `${line}\n`)
}
