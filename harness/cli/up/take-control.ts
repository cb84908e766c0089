import { join } from 'node:path'
import { control, type Controlled } from '#harness/control/controlled.ts'
import { readPactBook } from '#harness/control/explain/pact-book.ts'
import { keepDoor, keptDoor, newDoor } from '#harness/control/door.ts'
import { hostControl, type ControlHost } from '#harness/control/host.ts'
import { paths } from '#harness/project/paths.ts'
import type { Stack } from '#harness/scenario/stack.ts'
import { onFreePort } from '#harness/stack/ports.ts'
import { watchedFolders } from './folders.ts'
import { refuseTakenPort } from './port-taken.ts'
import { reloading } from './reloading.ts'
import type { SessionPlan } from './session.ts'
import { survival } from './survival.ts'
import { watchFiles } from './watch-files.ts'

/**
 * Takes control of a stack that runs: serves the control API, tells what happens, takes over what changes in its files,
 * and keeps it going where a mock fails. All of that ends with the resources.
 * @throws EnvironmentError where the port of the control API cannot be had
 */
export async function takeControl(
  stack: Stack,
  { system, output, graph, controlPort }: SessionPlan,
  resources: AsyncDisposableStack,
): Promise<Readonly<{ controlled: Controlled; host: ControlHost }>> {
  const controlled = control(stack, { system, pacts: await readPactBook(system) })
  controlled.feed.listen((news) => {
    if (news.event === 'exchange') output.exchange(news.data)
    if (news.event === 'notice') output.notice(news.data)
  })
  resources.use(survival(controlled))
  resources.use(watchFiles(watchedFolders(system.name), reloading(controlled, graph)))
  const host = resources.use(await openDoor(controlled, system.name, controlPort))
  return { controlled, host }
}

/**
 * Opens the control API where it was the last time, for the same token: so a page that is still open finds it again. Where
 * somebody else has that place now, it is left to them.
 */
async function openDoor(controlled: Controlled, system: string, controlPort: number): Promise<ControlHost> {
  const file = join(paths.scratch(), 'control', `${system}.json`)
  const kept = (await keptDoor(file)) ?? newDoor()
  const { token } = kept
  const open = (port: number): Promise<ControlHost> => hostControl(controlled, { port, token, page })
  if (controlPort !== 0) await refuseTakenPort('the control API', controlPort, 'give another one with --control-port')
  const host = controlPort === 0 ? await onFreePort(open, kept.port) : await open(controlPort)
  const isElsewhere = kept.port !== undefined && kept.port !== host.port && controlPort === 0
  if (!isElsewhere) await keepDoor(file, { token, port: host.port })
  return host
}

/** The page is loaded when somebody looks at it. */
async function page(request: Request): Promise<Response | undefined> {
  pageOf ??= import('#harness/dashboard/page.ts').then(({ dashboardPage }) => dashboardPage())
  return (await pageOf)(request)
}

let pageOf: Promise<(request: Request) => Promise<Response | undefined>> | undefined
