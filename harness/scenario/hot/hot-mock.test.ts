import { setTimeout as pause } from 'node:timers/promises'
import { z } from 'zod'
import { none } from '#harness/contract/content.ts'
import { contract, type Contract } from '#harness/contract/contract.ts'
import type { Finding } from '#harness/contract/finding.ts'
import { http, sse } from '#harness/contract/operation.ts'
import { problem } from '#harness/contract/problem.ts'
import { event, reply } from '#harness/contract/reply.ts'
import { mock, type Mock } from '#harness/mock/mock.ts'
import { eventually } from '#harness/stack/testing/eventually.ts'
import { watchChance } from './chance.ts'
import { startHotMock, type HotMock } from './hot-mock.ts'

beforeAll(watchChance)

const Entry = z.object({ id: z.uuid(), text: z.string(), at: z.number() })

/** A diary; what is dictated stands in it word by word. */
function diary(seedText = z.string()) {
  return contract('diary', {
    errors: problem,
    states: { entryExists: z.object({ text: seedText }) },
    operations: {
      write: http.post('/entries', { body: z.object({ text: z.string() }), replies: { 201: Entry } }),
      read: http.get('/entries', { replies: { 200: z.array(Entry) } }),
      poll: http.post('/poll', { replies: { 204: none } }),
      dictate: sse.post('/dictate', {
        body: z.object({ words: z.array(z.string()) }),
        events: { word: z.object({ word: z.string() }), end: z.object({}) },
        order: 'word* end',
      }),
    },
  }) as Contract<never, never>
}

type Text = (text: string) => string

type Version = Readonly<{
  of?: Contract<never, never>
  text?: Text
  background?: (signal: AbortSignal) => Promise<void>
}>

type Memory = Readonly<{ entries: z.output<typeof Entry>[] }>

/** A version of its mock: how it takes texts down, and what it does beside. */
function version({ of = diary(), text = (one) => one, background }: Version = {}): Mock {
  return mock<Contract<never, never>, Memory>(of, {
    memory: () => ({ entries: [] }),
    handlers: ({ entries }) => {
      const add = (given: string) => {
        const entry = { id: crypto.randomUUID(), text: text(given), at: Date.now() }
        entries.push(entry)
        return entry
      }
      return {
        write: ({ body }: { body: { text: string } }) => reply(201, add(body.text)),
        read: () => reply(200, entries),
        poll: () => reply(204),
        async *dictate({ body }: { body: { words: string[] } }) {
          for (const word of body.words) {
            add(word)
            yield event('word', { word })
            await pause(2)
          }
          yield event('end', {})
        },
      } as never
    },
    states: ({ entries }) =>
      ({
        entryExists: (one: { text: string }) => void entries.push({ id: crypto.randomUUID(), text: one.text, at: 0 }),
      }) as never,
    ...(background && { background: (_memory, _peers, signal) => background(signal) }),
  })
}

function ask({ service }: HotMock, method: string, path: string, body?: unknown): Promise<Response> {
  const headers = { 'content-type': 'application/json' }
  const sent = body === undefined ? {} : { body: JSON.stringify(body) }
  return service.fetch(new Request(`http://diary.test${path}`, { method, headers, ...sent }))
}

async function entries(hot: HotMock): Promise<readonly z.output<typeof Entry>[]> {
  return (await ask(hot, 'GET', '/entries')).json() as never
}

async function texts(hot: HotMock): Promise<readonly string[]> {
  return (await entries(hot)).map(({ text }) => text)
}

test('new code knows what the old one knew, down to ids and times', async () => {
  await using hot = startHotMock(version(), {})
  await hot.setUp('entryExists', { text: 'set up' })
  await ask(hot, 'POST', '/entries', { text: 'written' })
  const before = await entries(hot)
  await pause(5)
  expect(await hot.replace(version(), {})).toEqual({ kind: 'kept', dropped: 0, states: 1, requests: 1, refused: [] })
  expect(await entries(hot)).toEqual(before)
})

test('what was done is done as the new code does it, again and again', async () => {
  await using hot = startHotMock(version(), {})
  await ask(hot, 'POST', '/entries', { text: 'quiet' })
  await hot.replace(version({ text: (text) => text.toUpperCase() }), {})
  await ask(hot, 'POST', '/entries', { text: 'more' })
  expect(await texts(hot)).toEqual(['QUIET', 'MORE'])
  await hot.replace(version({ text: (text) => `${text}!` }), {})
  expect(await texts(hot)).toEqual(['quiet!', 'more!'])
})

test('a stream that was read half-way is done half-way again, and breaks when the code is replaced', async () => {
  await using hot = startHotMock(version(), {})
  await (await ask(hot, 'POST', '/dictate', { words: ['all', 'of', 'it'] })).text()
  const left = (await ask(hot, 'POST', '/dictate', { words: ['one', 'two', 'three', 'four'] })).body!.getReader()
  await left.read()
  await left.cancel()
  const open = (await ask(hot, 'POST', '/dictate', { words: ['here', 'and', 'there'] })).body!.getReader()
  await open.read()
  await hot.replace(version(), {})
  await expect(open.read()).rejects.toThrow('the mock was reloaded')
  const known = await texts(hot)
  expect(known).toEqual(expect.arrayContaining(['all', 'of', 'it', 'one', 'here']))
  expect(known).not.toContain('four')
})

test('what happens while it is replaced is known to the new code too', async () => {
  await using hot = startHotMock(version(), {})
  await (await ask(hot, 'POST', '/dictate', { words: Array.from({ length: 20 }, (_, index) => `word${index}`) })).text()
  const replacing = hot.replace(version(), {})
  const writing: Promise<unknown>[] = []
  const going = { on: true }
  void replacing.then(() => (going.on = false))
  for (let count = 0; going.on; count++) {
    writing.push(ask(hot, 'POST', '/entries', { text: `meanwhile ${count}` }))
    await pause(2)
  }
  await replacing
  await Promise.all(writing)
  await eventually('all is known', async () => {
    const known = (await texts(hot)).filter((text) => text.startsWith('meanwhile'))
    return known.length === writing.length && new Set(known).size === writing.length
  })
})

test('a state that was set up and takes something else now is said, and nothing is known any more', async () => {
  await using hot = startHotMock(version(), {})
  await hot.setUp('entryExists', { text: 'set up' })
  await ask(hot, 'POST', '/entries', { text: 'written' })
  const other = version({ of: diary(z.string().max(3)) })
  expect(await hot.replace(other, {})).toEqual({ kind: 'emptied', states: ['entryExists'] })
  expect(await texts(hot)).toEqual([])
  await ask(hot, 'POST', '/entries', { text: 'new' })
  expect(await hot.replace(version({ of: diary(z.string().max(3)) }), {})).toMatchObject({ kind: 'kept', requests: 1 })
  expect(await texts(hot)).toEqual(['new'])
})

test('what the new code refuses is said, and not told as a finding', async () => {
  const findings: Finding[] = []
  await using hot = startHotMock(version(), {})
  await ask(hot, 'POST', '/entries', { text: 'good' })
  await ask(hot, 'POST', '/entries', { text: 'bad' })
  const strict: Text = (text) => {
    if (text === 'bad') throw new Error('not that')
    return text
  }
  const replaced = await hot.replace(version({ text: strict }), { onFinding: (finding) => findings.push(finding) })
  expect(replaced).toMatchObject({ requests: 2, refused: ['POST /entries: 500 now'] })
  expect([await texts(hot), findings]).toEqual([['good'], []])
  expect((await ask(hot, 'POST', '/entries', { text: 'bad' })).status).toBe(500)
  expect(findings).toMatchObject([{ code: 'handler-failed' }])
})

test('what is asked all the time does not make it slow', async () => {
  await using hot = startHotMock(version(), {})
  for (let count = 0; count < 200; count++) await ask(hot, 'POST', '/poll')
  await ask(hot, 'POST', '/entries', { text: 'once' })
  expect(await hot.replace(version(), {})).toMatchObject({ requests: 21 })
  expect(await texts(hot)).toEqual(['once'])
})

test('a reset forgets what was done, too', async () => {
  await using hot = startHotMock(version(), {})
  await ask(hot, 'POST', '/entries', { text: 'written' })
  await hot.reset()
  expect(await hot.replace(version(), {})).toMatchObject({ states: 0, requests: 0 })
  expect(await texts(hot)).toEqual([])
})

test('what the old code does by itself has ended before the new one begins with it', async () => {
  const log: string[] = []
  function working(name: string) {
    return async (signal: AbortSignal): Promise<void> => {
      log.push(`${name} begins`)
      await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()))
      await pause(10)
      log.push(`${name} ends`)
    }
  }
  const peers = (): string => ''
  await using hot = startHotMock(version({ background: working('old') }), { peers })
  await pause(1)
  await hot.replace(version({ background: working('new') }), { peers })
  await eventually('the new one works', () => log.length === 3)
  expect(log).toEqual(['old begins', 'old ends', 'new begins'])
})
