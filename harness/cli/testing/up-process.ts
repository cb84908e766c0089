import { client, type Client } from '#harness/client/client.ts'
import { jsonOr } from '#harness/contract/json.ts'
import { control } from '#harness/control/contract.ts'
import type { ExchangeSummary, Notice, StackView } from '#harness/control/types.ts'
import { eventually } from '#harness/stack/testing/eventually.ts'
import { start, type Ended } from './concordat.ts'

type Line =
  | Readonly<{ type: 'started'; stack: StackView; control: Readonly<{ url: string; token: string; pageUrl: string }> }>
  | Readonly<{ type: 'exchange'; exchange: ExchangeSummary }>
  | Readonly<{ type: 'notice'; notice: Notice }>

/** A `concordat up --json` that runs, as a process of its own. Disposing asks it to end as Ctrl-C does. */
export type UpProcess = AsyncDisposable &
  Readonly<{
    pid: number
    /** Where callers find a component. */
    url: (component: string) => string
    controlUrl: string
    token: string
    api: Client<typeof control>
    exchanges: () => readonly ExchangeSummary[]
    notices: () => readonly Notice[]
    /** Waits for a notice whose message has this in it. */
    noticed: (text: string) => Promise<Notice>
    kill: (signal: NodeJS.Signals) => void
    ended: Promise<Ended>
  }>

/** Enough for a process on a busy machine. */
const patienceMs = 45_000

/** Brings a system up on free ports and waits until it says that it is. */
export async function upProcess(
  system: string,
  options: Readonly<{ root: string; args?: readonly string[] }>,
): Promise<UpProcess> {
  const { child, ended, output } = start(['up', system, '--json', '--ports', 'free', ...(options.args ?? [])], options)
  function lines(): readonly Line[] {
    return output()
      .split('\n')
      .flatMap((text) => {
        const line = jsonOr(text, undefined)
        return typeof line === 'object' && line !== null && 'type' in line ? [line as Line] : []
      })
  }
  function began(): Extract<Line, { type: 'started' }> | undefined {
    return lines().find((line) => line.type === 'started')
  }
  await eventually(`up ${system}`, () => began() !== undefined || child.exitCode !== null, patienceMs).catch(
    (error) => {
      child.kill('SIGKILL')
      throw error
    },
  )
  const first = began()
  if (!first) throw new Error(`up ${system} ended: ${output()}`)
  const { url: controlUrl, token } = first.control
  const notices = (): readonly Notice[] => lines().flatMap((line) => (line.type === 'notice' ? [line.notice] : []))
  return {
    pid: child.pid ?? 0,
    url: (component) => first.stack.components.find(({ name }) => name === component)?.url ?? '',
    controlUrl,
    token,
    api: client(control, { baseUrl: controlUrl, credentials: { kind: 'bearer', token: () => token }, retries: 0 }),
    exchanges: () => lines().flatMap((line) => (line.type === 'exchange' ? [line.exchange] : [])),
    notices,
    async noticed(text) {
      const find = (): Notice | undefined => notices().find(({ message }) => message.includes(text))
      await eventually(`it says "${text}" after ${output()}`, () => find() !== undefined, patienceMs)
      return find() as Notice
    },
    kill: (signal) => void child.kill(signal),
    ended,
    async [Symbol.asyncDispose]() {
      child.kill('SIGINT')
      await ended
    },
  }
}
