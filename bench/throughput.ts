import { conversation, newConversation } from './project/contracts/hundred/routes.ts'
import { bestOf, inTurns, numberFlag, printTable, ratios, spread } from './support/figures.ts'
import { load, loadGenerator, type LoadRequest } from './support/load.ts'
import { cpuSeconds, memoryMiB, startServer, startUp, type BenchServer } from './support/server-process.ts'

// Requests a second over 32 connections that are kept: bare node:http, the mock of a contract with 100 routes alone, and as
// `concordat up` runs it: behind a tap, with the journal on. In turns in one run; the ratios are of the same round. Usage: node bench/throughput.ts [--rounds 5] [--seconds 4] [--only part-of-name]

const rounds = numberFlag('rounds', 5)
const seconds = numberFlag('seconds', 4)

const servers: Readonly<Record<string, () => Promise<BenchServer>>> = {
  'bare node:http': () => startServer('bare.ts'),
  'mock on a port': () => startServer('mock.ts'),
  'concordat up': () => startUp('hundred', `conversationExists:${JSON.stringify(conversation)}`),
}
const only = process.argv.includes('--only') ? process.argv.slice(process.argv.indexOf('--only') + 1) : ['']
const bare = 'bare node:http'
const names = Object.keys(servers).filter((name) => name === bare || only.some((part) => name.includes(part)))
const requests = {
  GET: (url: string): LoadRequest => ({ method: 'GET', url: `${url}/api/r99/${conversation.id}` }),
  POST: (url: string): LoadRequest => ({ method: 'POST', url: `${url}/api/conversations`, json: newConversation }),
} as const
const kinds = ['GET', 'POST'] as const

type Row = { perSecond: number[]; cpuMicros: number[] }
const rows = new Map<string, Row>()
const memory = new Map<string, number[]>()

function rowOf(name: string, kind: string): Row {
  const row = rows.get(`${name} ${kind}`) ?? { perSecond: [], cpuMicros: [] }
  rows.set(`${name} ${kind}`, row)
  return row
}

await inTurns(names, rounds, async (name) => {
  const start = servers[name] ?? (() => startServer('bare.ts'))
  await using server = await start()
  for (const kind of kinds) {
    const request = requests[kind](server.url)
    await load(request, { seconds: 1 })
    const before = cpuSeconds(server.pid) ?? NaN
    const { perSecond, count, failed } = await load(request, { seconds })
    if (failed > 0) throw new Error(`${name}: ${failed} of ${count} requests failed.`)
    const row = rowOf(name, kind)
    row.perSecond.push(perSecond)
    row.cpuMicros.push((((cpuSeconds(server.pid) ?? NaN) - before) / count) * 1e6)
  }
  memory.set(name, [...(memory.get(name) ?? []), memoryMiB(server.pid) ?? NaN])
})

for (const kind of kinds) {
  printTable(
    `${kind}, 32 connections, ${rounds} rounds of ${seconds} s, by ${await loadGenerator()}: median (least-most)`,
    ['server', 'requests/s', 'of bare', 'best of best', 'processor µs a request', 'bare of it', 'MiB after'],
    names.map((name) => {
      const { perSecond, cpuMicros } = rowOf(name, kind)
      return [
        name,
        spread(perSecond),
        spread(ratios(perSecond, rowOf(bare, kind).perSecond), 2),
        bestOf(perSecond, rowOf(bare, kind).perSecond),
        spread(cpuMicros, 1),
        spread(ratios(rowOf(bare, kind).cpuMicros, cpuMicros), 2),
        spread(memory.get(name) ?? []),
      ]
    }),
  )
}
