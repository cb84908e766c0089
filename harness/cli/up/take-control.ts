import { control, type Controlled } from '#harness/control/controlled.ts'
import { readPactBook } from '#harness/control/explain/pact-book.ts'
import { hostControl, type ControlHost } from '#harness/control/host.ts'
import type { Stack } from '#harness/scenario/stack.ts'
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
  if (controlPort !== 0) await refuseTakenPort('the control API', controlPort, 'give another one with --control-port')
  const host = resources.use(await hostControl(controlled, { port: controlPort, page }))
  return { controlled, host }
}

/** The page is loaded when somebody looks at it. */
async function page(request: Request): Promise<Response | undefined> {
  pageOf ??= import('#harness/dashboard/page.ts').then(({ dashboardPage }) => dashboardPage())
  return (await pageOf)(request)
}

let pageOf: Promise<(request: Request) => Promise<Response | undefined>> | undefined
