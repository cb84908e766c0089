import type { Finding } from '#harness/contract/finding.ts'
import { event, reply } from '#harness/contract/reply.ts'
import { library } from '../example-contract.ts'
import { serveUntyped } from '../serve.ts'
import type { AnyHandlers } from '../service.ts'
import { listen } from './host.ts'

const words = '/books/3f6c1a52-9a3c-4c55-8c1f-0a1f5b8d2f10/words'

function handlers(own: AnyHandlers): AnyHandlers {
  const none = Object.keys(library.operations).map((name) => [name, () => reply(204)] as const)
  return { ...Object.fromEntries(none), ...own }
}

/** What is written on the console while something runs. */
async function written(run: () => Promise<void>): Promise<readonly unknown[]> {
  const { error, info } = console
  const lines: unknown[] = []
  console.error = console.info = (...line: unknown[]) => void lines.push(...line)
  try {
    await run()
  } finally {
    Object.assign(console, { error, info })
  }
  return lines
}

test('a stream that fails breaks the connection off, and says the reason to nobody but the findings', async () => {
  const findings: Finding[] = []
  async function* readAloud() {
    yield event('word', { text: 'a' })
    await new Promise((resolve) => setTimeout(resolve, 20))
    throw new Error('voice lost')
  }
  const service = serveUntyped(library, handlers({ readAloud }), { onFinding: (finding) => findings.push(finding) })
  await using listening = await listen(service)
  let text = ''
  const lines = await written(async () => {
    const { body } = await fetch(`${listening.url}${words}`)
    const reading = (async () => {
      for await (const chunk of body as unknown as AsyncIterable<Uint8Array>) text += new TextDecoder().decode(chunk)
    })()
    await expect(reading).rejects.toThrow('terminated')
  })
  expect(text).toBe('event: word\ndata: {"text":"a"}\n\n')
  expect(lines).toEqual([])
  expect(findings).toMatchObject([{ code: 'handler-failed', message: expect.stringContaining('voice lost') }])
})

test('a stream that its caller leaves is ended', async () => {
  const { promise: ended, resolve } = Promise.withResolvers<string>()
  async function* readAloud() {
    try {
      for (;;) {
        yield event('word', { text: 'a' })
        await new Promise((resume) => setTimeout(resume, 1))
      }
    } finally {
      resolve('ended')
    }
  }
  await using listening = await listen(serveUntyped(library, handlers({ readAloud }), {}))
  const { body } = await fetch(`${listening.url}${words}`)
  await body?.cancel()
  expect(await ended).toBe('ended')
})

test('a failure of the network in place of a reply resets the connection, also for a channel', async () => {
  const service = serveUntyped(library, handlers({}), {})
  await using listening = await listen({
    ...service,
    fetch: () => Promise.resolve(Response.error()),
    upgrade: () => Promise.resolve({ kind: 'refused', response: Response.error() }),
  })
  const failure = await fetch(`${listening.url}/readme`).catch((error: unknown) => error)
  expect(failure).toMatchObject({ cause: { code: 'ECONNRESET' } })
  const socket = new WebSocket(`${listening.url.replace('http', 'ws')}/desk`)
  expect(await new Promise((resolve) => socket.addEventListener('close', ({ code }) => resolve(code)))).toBe(1006)
})
