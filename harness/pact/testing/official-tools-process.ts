import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Pact, Verifier } from '@pact-foundation/pact'

/** What pact-js itself makes of cases in which it says nothing, or the wrong thing: printed as JSON, for a test to look at. */

const folder = await mkdtemp(join(tmpdir(), 'concordat-official-'))
const stream = 'event: token\ndata: {"text":"a"}\n\n'
const provider = createServer((request, response) => {
  const isStream = request.url === '/events'
  response.writeHead(200, { 'content-type': isStream ? 'text/event-stream' : 'application/json' })
  response.end(isStream ? stream : '{"id":1}')
}).listen(0, '127.0.0.1')
await new Promise((resolve) => provider.once('listening', resolve))
const providerBaseUrl = `http://127.0.0.1:${(provider.address() as AddressInfo).port}`

function newPact(name: string): Pact {
  return new Pact({ consumer: name, provider: 'stock', dir: folder, logLevel: 'error' })
}

/** Records the same call in the same state twice, with other replies; gives how many interactions are in the file. */
async function recordTwice(): Promise<number> {
  for (const id of [1, 2])
    await newPact('twice')
      .addInteraction()
      .given('there are items')
      .uponReceiving('reads the item')
      .withRequest('GET', '/item')
      .willRespondWith(200, (reply) => reply.jsonBody({ id }))
      .executeTest(async ({ url }) => void (await fetch(`${url}/item`)))
  const pact = JSON.parse(await readFile(join(folder, 'twice-stock.json'), 'utf8')) as { interactions: unknown[] }
  return pact.interactions.length
}

/** Records a stream of events as a body of its media type. */
async function recordStream(): Promise<void> {
  await newPact('streams')
    .addInteraction()
    .uponReceiving('follows events')
    .withRequest('GET', '/events')
    .willRespondWith(200, (reply) => reply.body('text/event-stream', Buffer.from(stream)))
    .executeTest(async ({ url }) => void (await fetch(`${url}/events`)))
}

type Options = ConstructorParameters<typeof Verifier>[0]

async function verify(options: Partial<Options>): Promise<'passed' | 'failed'> {
  const common = { provider: 'stock', providerBaseUrl, logLevel: 'error' } as const
  try {
    await new Verifier({ ...common, ...options } as Options).verifyProvider()
    return 'passed'
  } catch {
    return 'failed'
  }
}

try {
  const interactions = await recordTwice()
  await recordStream()
  const [one = ''] = (await readdir(folder)).filter((file) => file.startsWith('twice'))
  const pactUrls = [join(folder, one)]
  const throwing = { 'there are items': () => Promise.reject(new Error('no database')) }
  // The verifier answers what the pact says by then: nothing of the state is in the reply.
  const text = (await readFile(pactUrls[0] ?? '', 'utf8')).replaceAll('"id": 2', '"id": 1')
  await writeFile(pactUrls[0] ?? '', text)
  const results = {
    'same description, other reply: interactions': interactions,
    'no pact': await verify({ pactUrls: [] }),
    'a filter that matches nothing': await verify({ pactUrls, consumerFilters: ['nobody'], failIfNoPactsFound: true }),
    'a state that throws': await verify({ pactUrls, stateHandlers: throwing }),
    'a state without handler': await verify({ pactUrls, stateHandlers: {} }),
    'a stream that is as recorded': await verify({ pactUrls: [join(folder, 'streams-stock.json')] }),
  }
  process.stdout.write(`\nresults ${JSON.stringify(results)}\n`)
} finally {
  provider.close()
  await rm(folder, { recursive: true, force: true })
}
