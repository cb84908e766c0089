import type { Finding } from '#harness/contract/finding.ts'
import { listenMock } from './listen.ts'
import type { MockOptions } from './mock.ts'
import { intercept } from './msw/intercept.ts'
import { bookId, townLibrary } from './testing/town-library.ts'

const path = `/books/${bookId}`

/** A mock where requests reach it, and what it found wrong. */
type Hosted = AsyncDisposable & Readonly<{ url: string; findings: readonly Finding[]; reset: () => Promise<void> }>

const hosts: Readonly<Record<string, (options: MockOptions) => Promise<Omit<Hosted, 'findings'>>>> = {
  'on a port': (options) => listenMock(townLibrary(), options),
  async 'in process'(options) {
    const { service, reset } = townLibrary().start(options)
    const interception = intercept({ 'http://library.test': service })
    return { url: 'http://library.test', reset, [Symbol.asyncDispose]: () => interception[Symbol.asyncDispose]() }
  },
}

describe.each(Object.keys(hosts))('%s', (name) => {
  async function hosted(): Promise<Hosted> {
    const findings: Finding[] = []
    const onFinding = (finding: Finding): void => void findings.push(finding)
    const host = await (hosts[name] as (typeof hosts)[string])({ allowedOrigins: ['http://app.test'], onFinding })
    return { ...host, findings }
  }
  function ask({ url }: Hosted, fault: string, to = '/readme', init: RequestInit = {}): Promise<Response> {
    return fetch(`${url}${to}`, { ...init, headers: { 'x-concordat-fault': fault, 'x-request-id': 'r-1' } })
  }
  async function refusal(host: Hosted, fault: string, to: string): Promise<unknown> {
    const answer = await ask(host, fault, to)
    expect(answer.status).toBe(400)
    return ((await answer.json()) as { message: string }).message
  }
  /** What comes of a stream before it ends or breaks. */
  async function read(answer: Response): Promise<{ events: readonly string[]; breaks: boolean }> {
    const decoder = new TextDecoder()
    let text = ''
    try {
      for await (const chunk of answer.body as unknown as AsyncIterable<Uint8Array>) text += decoder.decode(chunk)
    } catch {
      return { events: text.match(/^data: .*$/gm) ?? [], breaks: true }
    }
    return { events: text.match(/^data: .*$/gm) ?? [], breaks: false }
  }

  test('an answer is held back', async () => {
    await using host = await hosted()
    const started = performance.now()
    expect(await (await ask(host, 'latency=80')).text()).toBe('0 calls')
    expect(performance.now() - started).toBeGreaterThanOrEqual(79)
  })

  test('a status is answered in the error shape of the contract, and the component sees nothing of the request', async () => {
    await using host = await hosted()
    const answer = await ask(host, 'status=429;retryAfterSeconds=30')
    expect([answer.status, await answer.json()]).toEqual([
      429,
      { code: 'too_many_requests', message: 'Too Many Requests (429, as x-concordat-fault asked).', id: 'r-1' },
    ])
    expect(answer.headers.get('retry-after')).toBe('30')
    expect(answer.headers.get('x-request-id')).toBe('r-1')
    expect(await (await fetch(`${host.url}/readme`)).text()).toBe('0 calls')
  })

  test('the connection breaks in place of an answer', async () => {
    await using host = await hosted()
    await expect(ask(host, 'reset')).rejects.toThrow('fetch failed')
    expect((await fetch(`${host.url}/readme`)).status).toBe(200)
  })

  test('the answer never comes, until the mock forgets everything', async () => {
    await using host = await hosted()
    const answer = ask(host, 'hang').then(
      () => 'answered',
      () => 'broken',
    )
    const other = await fetch(`${host.url}/readme`)
    expect(await Promise.race([answer, other.text()])).toBe('0 calls')
    await host.reset()
    expect(await answer).toBe('broken')
  })

  test('whoever waits for an answer that never comes may leave', async () => {
    await using host = await hosted()
    const leaving = new AbortController()
    const answer = ask(host, 'hang', '/readme', { signal: leaving.signal })
    setTimeout(() => leaving.abort(), 10)
    await expect(answer).rejects.toThrow('aborted')
  })

  test('a body breaks off half-way, or names another media type than it has', async () => {
    await using host = await hosted()
    const answer = await ask(host, 'malformed, contentType=text/html', path)
    expect(answer.headers.get('content-type')).toBe('text/html')
    expect(await answer.text()).toMatch(/^\{"code":"no_book","mess.*<$/)
  })

  test('a stream breaks after so many events', async () => {
    await using host = await hosted()
    const words = `${path}/words`
    expect(await read(await ask(host, 'cut=2', words))).toEqual({
      events: ['data: {"text":"a"}', 'data: {"text":"b"}'],
      breaks: true,
    })
    expect(await read(await ask(host, 'cut=0', words))).toEqual({ events: [], breaks: true })
    expect((await read(await ask(host, 'cut=9', words))).breaks).toBe(false)
    expect(host.findings).toEqual([])
  })

  test('events come slowly, and broken off half-way', async () => {
    await using host = await hosted()
    const started = performance.now()
    const answer = await ask(host, 'slowTokens=50;firstEventMs=40, malformed', `${path}/words`)
    const { events } = await read(answer)
    expect(performance.now() - started).toBeGreaterThanOrEqual(95)
    expect(events).toEqual(['data: {"text<', 'data: {"text<', 'data: {"text<', 'data: {"wor<'])
  })

  test('faults and preferences go together', async () => {
    await using host = await hosted()
    const headers = { prefer: 'code=422', 'x-concordat-fault': 'contentType=text/plain' }
    const answer = await fetch(`${host.url}/books`, { headers })
    expect([answer.status, answer.headers.get('content-type')]).toEqual([422, 'text/plain'])
  })

  test('a fault that never meets the operation, or is none, is refused', async () => {
    await using host = await hosted()
    expect(await refusal(host, 'cut=1', '/readme')).toBe(
      'x-concordat-fault: cut: readme (GET /readme) never meets it, nor slowTokens, duplicateMessage, dropMessage. Leave it out.',
    )
    expect(await refusal(host, 'explode', '/readme')).toContain(
      'there is no fault "explode". There is latency, status,',
    )
  })

  test('pages of other origins may send the headers, and read which preference was applied', async () => {
    await using host = await hosted()
    const asked = 'prefer,x-concordat-fault,x-concordat-session'
    const preflight = await fetch(`${host.url}/readme`, {
      method: 'OPTIONS',
      headers: {
        origin: 'http://app.test',
        'access-control-request-method': 'GET',
        'access-control-request-headers': asked,
      },
    })
    const allowed = (preflight.headers.get('access-control-allow-headers') ?? '').split(', ')
    expect(allowed).toEqual(expect.arrayContaining(asked.split(',')))
    const headers = { origin: 'http://app.test', prefer: 'code=200' }
    const answer = await fetch(`${host.url}/readme`, { headers })
    expect(answer.headers.get('access-control-allow-origin')).toBe('http://app.test')
    expect(answer.headers.get('access-control-expose-headers')).toContain('preference-applied')
    const refused = await fetch(`${host.url}/readme`, { headers: { ...headers, prefer: 'code=299' } })
    expect([refused.status, refused.headers.get('access-control-allow-origin')]).toEqual([400, 'http://app.test'])
  })

  /** What a channel shows its client: `open`, titles, `close` or `error`. */
  async function shown(host: Hosted, fault: string, asks: readonly string[]): Promise<readonly string[]> {
    type NodeWebSocket = new (url: string, options: { headers: Record<string, string> }) => WebSocket
    const Socket = WebSocket as unknown as NodeWebSocket
    const headers = { 'x-concordat-fault': fault, authorization: 'Bearer valid' }
    const socket = new Socket(`${host.url.replace('http', 'ws')}/desk`, { headers })
    const seen: string[] = []
    const { promise: closed, resolve } = Promise.withResolvers<void>()
    socket.addEventListener('open', () => {
      seen.push('open')
      for (const title of asks) socket.send(JSON.stringify({ type: 'ask', data: { title } }))
      socket.send(JSON.stringify({ type: 'ask', data: { title: 'last' } }))
    })
    socket.addEventListener('message', ({ data }: MessageEvent<string>) => {
      seen.push(/"title":"(\w*)/.exec(data)?.[1] ?? data)
      if (data.includes('last')) socket.close()
    })
    socket.addEventListener('close', ({ code, reason }) => {
      seen.push(`close ${code} ${reason}`.trim())
      resolve()
    })
    await closed
    return seen
  }

  test('a channel loses messages, or carries them twice', async () => {
    await using host = await hosted()
    expect((await shown(host, 'dropMessage=2', ['a', 'b', 'c', 'd'])).slice(0, -1)).toEqual(['open', 'a', 'c', 'last'])
    expect((await shown(host, 'duplicateMessage=2', ['a', 'b'])).slice(0, 5)).toEqual(['open', 'a', 'b', 'b', 'last'])
    expect((await shown(host, 'slowTokens=100;firstEventMs=10', ['a', 'b'])).slice(0, 4)).toEqual([
      'open',
      'a',
      'b',
      'last',
    ])
  })

  test('a channel breaks after so many messages, or is refused', async () => {
    await using host = await hosted()
    const [broken, cannot] = [
      'close 1006',
      'close 4006 x-concordat-fault: cut; a broken connection cannot be shown in process',
    ]
    expect(await shown(host, 'cut=1', ['a', 'b'])).toEqual(['open', 'a', name === 'on a port' ? broken : cannot])
    const refused = await shown(host, 'status=503', [])
    expect(refused).toEqual([name === 'on a port' ? broken : 'close 4503 refused'])
    expect((await shown(host, 'reset', []))[0]).toMatch(/^close/)
  })
})
