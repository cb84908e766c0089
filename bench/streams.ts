import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { conversation, eventsPerStream } from './project/contracts/hundred/routes.ts'
import { numberFlag, printTable, spread } from './support/figures.ts'
import { memoryMiB, startServer, startUp, type BenchServer } from './support/server-process.ts'
import type { StreamPlan, StreamResult } from './support/streams-process.ts'

// Many event streams and many channels at once, in waves, over a mock on a port and over the same mock as `concordat up`
// runs it: whether all events come, how long they take, and what the server has in memory after each wave.
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
    const before = memoryMiB(server.pid) ?? NaN
    const memory: number[] = []
    const seconds: number[] = []
    for (let count = 0; count < waves; count++) {
      const result = await wave({ kind, url: server.url + path, streams, events: eventsPerStream })
      lost += streams * eventsPerStream - result.events + (streams - result.complete)
      seconds.push(result.milliseconds / 1000)
      memory.push(memoryMiB(server.pid) ?? NaN)
    }
    const perSecond = seconds.map((time) => (streams * eventsPerStream) / time)
    const shown = [
      spread(seconds, 2),
      spread(perSecond),
      before.toFixed(0),
      memory.map((one) => one.toFixed(0)).join(' '),
    ]
    rows.push([name, what, ...shown])
  }
}
printTable(
  `${streams} at once of ${eventsPerStream} events each, ${waves} waves: median (least-most); ${lost} events lost`,
  ['server', 'what', 'seconds a wave', 'events/s', 'MiB before', 'MiB after each wave'],
  rows,
)
process.exitCode = lost === 0 ? 0 : 1
