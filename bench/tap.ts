import { conversation, newConversation } from './project/contracts/hundred/routes.ts'
import { bestOf, inTurns, numberFlag, printTable, ratios, spread } from './support/figures.ts'
import { load, type LoadRequest } from './support/load.ts'
import { startServer, type BenchServer } from './support/server-process.ts'

// What a tap costs: requests a second straight to a provider and through the tap on its edge, over 32 connections, in turns.
// For a mock of the same process, for the same while hooks are set, and for a real service in another process.
// Usage: node bench/tap.ts [--rounds 7] [--seconds 3] [--live]

const rounds = numberFlag('rounds', 7)
const seconds = numberFlag('seconds', 3)

type Way = Readonly<{ name: string; of: string; request: LoadRequest; figures: number[] }>

function ways(of: string, server: BenchServer, request: Omit<LoadRequest, 'url'> & Readonly<{ path: string }>): Way[] {
  return [server.url, ...server.others].map((url, index) => ({
    name: ['straight', 'through its tap', 'through its tap, hooks set'][index] ?? '',
    of,
    request: { ...request, url: url + request.path },
    figures: [],
  }))
}

async function measure(all: readonly Way[]): Promise<void> {
  for (const { request } of all) await load(request, { seconds: 1 })
  await inTurns(all, rounds, async ({ name, of, request, figures }) => {
    const { perSecond, count, failed } = await load(request, { seconds })
    if (failed > 0) throw new Error(`${of}, ${name}: ${failed} of ${count} requests failed.`)
    figures.push(perSecond)
  })
  const straight = all[0]?.figures ?? []
  for (const { of, name, figures } of all)
    rows.push([of, name, spread(figures), spread(ratios(figures, straight), 2), bestOf(figures, straight)])
}

const rows: string[][] = []
{
  await using mock = await startServer('tapped-mock.ts')
  await measure(ways('mock, GET', mock, { method: 'GET', path: `/api/r99/${conversation.id}` }))
  await measure(ways('mock, POST', mock, { method: 'POST', path: '/api/conversations', json: newConversation }))
}
if (process.argv.includes('--live')) {
  await using live = await startServer('tapped-live.ts')
  const { path = '/', headers = {} } = live
  await measure(ways('workbench backend, live', live, { method: 'GET', path, headers }))
}
printTable(
  `the cost of a tap, ${rounds} rounds of ${seconds} s: median (least-most)`,
  ['provider', 'way', 'requests/s', 'of straight', 'best of best'],
  rows,
)
