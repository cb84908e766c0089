import { spawnGroup, type Exit } from '#harness/stack/process-child.ts'
import { startProcess, type RunningProcess } from '#harness/stack/process.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** Nodes as processes. Disposing ends those that run; none is started after. */
export type NodeProcesses = AsyncDisposable &
  Readonly<{
    /** Starts one and waits until it listens; gives its address. */
    listening: (environment: Environment) => Promise<Readonly<{ node: RunningProcess; url: string }>>
    /** Starts one that cannot run; gives its exit code and what it said. */
    failure: (environment: Environment) => Promise<Readonly<{ code: number | null; message: string }>>
  }>

/** Processes of a node's `main.ts`. */
export function nodeProcesses(main: string): NodeProcesses {
  const resources = new AsyncDisposableStack()
  const spec = (environment: Environment) => ({
    name: 'the node',
    command: process.execPath,
    args: ['--disable-warning=ExperimentalWarning', main],
    env: { ...environment },
  })
  return {
    async listening(environment) {
      const node = await startProcess({ ...spec(environment), ready: { kind: 'log', pattern: /"Listening"/ } })
      // A test that took too long goes on after its resources were disposed of.
      if (resources.disposed) await node.stop()
      resources.use(node)
      return { node, url: addressIn(node.log()) }
    },
    async failure(environment) {
      const child = await spawnGroup(spec(environment))
      resources.defer(() => child.end())
      const { code } = await child.exited
      await child.end()
      return { code, message: child.log.tail().join('\n') }
    },
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  }
}

/** Sends a signal to a node; gives how it ended. */
export function end(node: RunningProcess, signal: NodeJS.Signals): Promise<Exit> {
  node.kill(signal)
  return node.exited
}

/** The address that a node logs when it listens. */
function addressIn(lines: readonly string[]): string {
  const line = lines.find((text) => text.includes('"Listening"')) ?? '{}'
  return (JSON.parse(line) as { url: string }).url
}
