import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { brokerClient, type BrokerClient } from './broker-client.ts'
import { BrokerRefused } from './broker-errors.ts'

type Answering = AsyncDisposable & Readonly<{ client: BrokerClient; seen: IncomingMessage[] }>

async function answering(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
  patienceMs = 10_000,
): Promise<Answering> {
  const seen: IncomingMessage[] = []
  const server = createServer((request, response) => {
    seen.push(request)
    answer(request, response)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const client = brokerClient({ baseUrl, authorization: 'Bearer t0ken' }, { retryAfterMs: [1], patienceMs })
  return {
    client,
    seen,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

test('a moment of weakness is waited for, and no more than once or twice', async () => {
  let calls = 0
  await using at = await answering((_request, response) => {
    response.writeHead(++calls === 1 ? 503 : 200, { 'content-type': 'application/json' }).end('{"ok":true}')
  })
  expect(await at.client.get('/')).toEqual({ ok: true })
  await using down = await answering((_request, response) => void response.writeHead(500).end())
  await expect(down.client.get('/')).rejects.toThrow('fails: it answers with 500')
  expect(down.seen).toHaveLength(2)
})

test('one that never answers is not waited for', async () => {
  await using at = await answering(() => undefined, 50)
  await expect(at.client.get('/')).rejects.toMatchObject({ name: 'BrokerUnreachable' })
})

test('a refusal is told in whichever shape it comes, at once', async () => {
  const bodies = [
    { errors: { name: ["can't be blank"], contracts: { 0: { content: ['is missing'] } } } },
    { errors: ['Pacticipant A not found'] },
    { error: 'no' },
    { error: { message: 'no' } },
    { title: 'no', status: 400 },
  ]
  const messages: unknown[] = []
  for (const body of bodies) {
    await using at = await answering((_request, response) => void response.writeHead(400).end(JSON.stringify(body)))
    await at.client
      .send('POST', '/x', {})
      .catch((error: unknown) => messages.push(error instanceof BrokerRefused && error.messages))
    expect(at.seen).toHaveLength(1)
  }
  expect(messages).toEqual([
    ["name: can't be blank", 'contracts.0.content: is missing'],
    ['Pacticipant A not found'],
    ['no'],
    ['message: no'],
    ['no'],
  ])
})

test('credentials go to the broker alone, wherever its documents point', async () => {
  await using at = await answering((_request, response) => void response.end('{}'))
  await using elsewhere = await answering((_request, response) => void response.end('{}'))
  await at.client.get(`${elsewhere.client.baseUrl}/pacts/latest?a=b`)
  expect(elsewhere.seen).toEqual([])
  expect(at.seen).toMatchObject([{ url: '/pacts/latest?a=b', headers: { authorization: 'Bearer t0ken' } }])
})

test('what is no JSON comes from no broker, and what is not there is undefined', async () => {
  await using at = await answering(
    (request, response) => void response.writeHead(request.url === '/a' ? 404 : 200).end('<html>'),
  )
  expect(await at.client.find('/a')).toBeUndefined()
  await expect(at.client.get('/a')).rejects.toThrow('there is no such thing')
  await expect(at.client.get('/b')).rejects.toThrow('no Pact Broker is there')
})
