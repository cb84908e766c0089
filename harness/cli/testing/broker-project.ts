import { testBroker, type TestBroker } from '#harness/broker/testing/test-broker.ts'
import { gateProject } from '#harness/gate/testing/gate-project.ts'
import { temporaryProject, type TemporaryProject } from '#harness/testing/temporary-project.ts'
import { concordat, type Ended } from './concordat.ts'
import { stockPact } from './stock-pact.ts'

/** A small project with its pact, and a broker that its commands find. */
export type BrokerProject = AsyncDisposable &
  Readonly<{
    project: TemporaryProject
    broker: TestBroker
    /** Runs a command of the project with the broker in its environment. */
    run: (args: readonly string[], env?: Readonly<Record<string, string>>) => Promise<Ended>
  }>

/** Nothing of a build that these tests may run in. */
const noBuild = { GITHUB_ACTIONS: '', PACT_BROKER_TOKEN: '', PACT_BROKER_USERNAME: '', PACT_BROKER_PASSWORD: '' }

/** Makes the project and starts the broker. */
export async function brokerProject(): Promise<BrokerProject> {
  await using making = new AsyncDisposableStack()
  const broker = making.use(await testBroker())
  const project = making.use(await temporaryProject(gateProject))
  await project.write('pacts/shop/till--stock.json', await stockPact(project.root))
  const all = making.move()
  return {
    project,
    broker,
    run: (args, env = {}) =>
      concordat(args, { root: project.root, env: { ...noBuild, PACT_BROKER_BASE_URL: broker.url, ...env } }),
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  }
}
