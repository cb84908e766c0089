import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { conversation, eventsPerStream } from './project/contracts/hundred/routes.ts'
import { numberFlag, printTable, spread } from './support/figures.ts'
import { memoryMiB, startServer, startUp, type BenchServer } from './support/server-process.ts'
import type { StreamPlan, StreamResult } from './support/streams-process.ts'

// Many event streams and many channels at once, in waves, over a mock on a port and over the same mock as `concordat up`
// runs it: whether all events come, how long they take, and what the server has in memory after each wave: in use as the system
// sees it, and alive once its garbage is collected.
// Usage: node bench/streams.ts [--streams 1000] [--waves 5]

const streams = numberFlag('streams', 1000)
const waves = numberFlag('waves', 5)
const client = fileURLToPath(new URL('support/streams-process.ts', import.meta.url))

async function wave(plan: StreamPlan): Promise<StreamResult> {
  const { stdout } = await promisify(execFile)(process.execPath, [client, JSON.stringify(plan)])
  return JSON.parse(stdout) as StreamResult
}

const servers: Readonly<Record<string, () => Promise<BenchServer>>> = {
  'mock on a port': () => startServer('mock.ts'),
  'concordat up': () => startUp('hundred', `conversationExists:${JSON.stringify(conversation)}`),
}
const kinds = {
  'streams, at once': { kind: 'sse', path: '/api/tokens' },
  'streams, 20 ms apart': { kind: 'sse', path: '/api/tokens?gapMs=20' },
  'channels, one message each': { kind: 'ws', path: '/api/echo' },
} as const

const rows: string[][] = []
let lost = 0
for (const [name, start] of Object.entries(servers)) {
  for (const [what, { kind, path }] of Object.entries(kinds)) {
    await using server = await start()
    const alive = [await server.aliveMiB()]
    const memory: number[] = []
    const seconds: number[] = []
    for (let count = 0; count < waves; count++) {
      const result = await wave({ kind, url: server.url + path, streams, events: eventsPerStream })
      lost += streams * eventsPerStream - result.events + (streams - result.complete)
      seconds.push(result.milliseconds / 1000)
      memory.push(memoryMiB(server.pid) ?? NaN)
      alive.push(await server.aliveMiB())
    }
    const perSecond = seconds.map((time) => (streams * eventsPerStream) / time)
    const each = (figures: readonly number[]): string => figures.map((figure) => figure.toFixed(0)).join(' ')
    const shown = [spread(seconds, 2), spread(perSecond), each(memory), each(alive)]
    rows.push([name, what, ...shown])
  }
}
printTable(
  `${streams} at once of ${eventsPerStream} events each, ${waves} waves: median (least-most); ${lost} events lost`,
  ['server', 'what', 'seconds a wave', 'events/s', 'MiB in use after each wave', 'MiB alive before, after each'],
  rows,
)
process.exitCode = lost === 0 ? 0 : 1
