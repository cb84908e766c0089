import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { seen } from '#harness/draft/testing/seen.ts'
import { trafficProject } from '#harness/draft/testing/traffic-project.ts'
import { watchedMock } from '#harness/draft/testing/watched-mock.ts'
import { watchedStack } from '#harness/draft/testing/watched-stack.ts'
import { loadSystem } from '#harness/project/systems.ts'
import { runNode } from '#harness/testing/run.ts'
import { shopSystem } from '#harness/testing/shop-system.ts'
import { temporaryProject } from '#harness/testing/temporary-project.ts'
import { concordat } from '../testing/concordat.ts'

const patienceMs = 240_000
const conversation = '3f6c1a52-9a3c-4c55-8c1f-0a1f5b8d2f10'
const unknown = '00000000-0000-4000-8000-000000000000'
const json = { 'content-type': 'application/json' }

/** All files of a folder with their text. */
async function filesIn(folder: string): Promise<Readonly<Record<string, string>>> {
  const names = (await readdir(folder)).toSorted()
  return Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, await readFile(join(folder, name), 'utf8')] as const)),
  )
}

/** Says something over a channel, and leaves when so many messages have come. */
async function converse(url: string, cookie: string, messages: readonly unknown[]): Promise<void> {
  type NodeWebSocket = new (url: string, options: { headers: Record<string, string> }) => WebSocket
  const Socket = WebSocket as unknown as NodeWebSocket
  const socket = new Socket(url.replace('http', 'ws'), { headers: { cookie } })
  socket.addEventListener('open', () => messages.forEach((message) => socket.send(JSON.stringify(message))))
  socket.addEventListener('message', () => socket.close())
  await new Promise((resolve) => socket.addEventListener('close', resolve))
}

test(
  'what a page does with the mock of workbench is drafted, compiles, is recorded, and is replayed on the mock',
  async () => {
    await using stack = await watchedStack('workbench')
    await using project = await trafficProject('workbench')
    const at = stack.url('frontend', 'backend')
    const ann = { email: 'ann@example.org' }
    await stack.setUp('backend', 'userExists', { ...ann, password: 'a-password-of-somebody' })
    const { token } = await stack.setUp('backend', 'signedIn', ann)
    await stack.setUp('backend', 'conversationExists', { owner: ann.email, id: conversation, title: "Ann's plans" })
    const cookie = `theme=dark; token=${String(token)}`
    async function ask(path: string, { method = 'GET', body, headers = {} }: Asked = {}): Promise<void> {
      await (await fetch(`${at}${path}`, { method, headers: { cookie, ...headers }, ...(body && { body }) })).text()
    }
    type Asked = { method?: string; body?: string; headers?: Record<string, string> }
    const post = (body: unknown) => ({ method: 'POST', headers: json, body: JSON.stringify(body) })
    await ask('/api/auth/sign-in', post({ ...ann, password: 'a-password-of-somebody' }))
    await ask('/api/auth/me', { headers: { authorization: `Bearer ${String(token)}`, cookie: '' } })
    await ask('/api/auth/me', { headers: { cookie: '' } })
    await ask('/api/conversations?page=1&per_page=2&sort=title')
    await ask('/api/conversations?page=1&per_page=2')
    await ask('/api/conversations', post({ title: 'Trip', model: 'gpt-4', color: 'red' }))
    await ask('/api/conversations', post({ title: 5 }))
    await ask(`/api/conversations/${conversation}`)
    await ask(`/api/conversations/${unknown}`)
    await ask('/api/conversations/the-first-one')
    await ask('/api/chat/stream', post({ conversation_id: conversation, message: 'Where to in spring?' }))
    await ask('/api/chat/stream', post({ conversation_id: unknown, message: 'Where to in spring?' }))
    await ask('/api/files?name=a.txt', { method: 'POST', headers: { 'content-type': 'text/plain' }, body: 'Milk' })
    await ask('/metrics')
    await ask('/health', { headers: { 'x-concordat-fault': 'status=503' } })
    await ask('/health', { headers: { prefer: 'code=503' } })
    await ask('/api/folders')
    await converse(`${at}/ws`, cookie, [{ type: 'subscribe', data: { conversation_id: conversation } }])
    await stack.seen(18)

    const options = { root: project.root }
    const args = ['record', '--from-traffic', 'frontend--backend', '--control', stack.address]
    const drafted = await concordat(args, options)
    expect(drafted.stderr).toBe('')
    expect(drafted.stdout.split('\n')).toEqual([
      'frontend -> backend: 18 calls, 14 interactions in no pact.',
      '  consumers/workbench/frontend/drafts/sign-in.pact.test.ts: 1 interaction',
      '  consumers/workbench/frontend/drafts/who-am-i.pact.test.ts: 2 interactions',
      '  consumers/workbench/frontend/drafts/list-conversations.pact.test.ts: 1 interaction',
      '  consumers/workbench/frontend/drafts/create-conversation.pact.test.ts: 2 interactions',
      '  consumers/workbench/frontend/drafts/get-conversation.pact.test.ts: 3 interactions',
      '  consumers/workbench/frontend/drafts/stream-chat.pact.test.ts: 2 interactions',
      '  consumers/workbench/frontend/drafts/upload-file.pact.test.ts: 1 interaction',
      '  consumers/workbench/frontend/drafts/metrics.pact.test.ts: 1 interaction',
      '  consumers/workbench/frontend/drafts/live.pact.test.ts: 1 interaction',
      '  left out: 1 call: a fault met them',
      '  left out: 1 call: they preferred an answer of their own',
      '  left out: 1 call: the contract has no such operation',
      '',
    ])
    expect(drafted.code).toBe(0)
    const folder = join(project.root, 'consumers/workbench/frontend/drafts')
    const files = await filesIn(folder)
    const all = Object.values(files).join('\n')
    expect(all).not.toContain('a-password-of-somebody')
    expect(all).not.toContain(String(token))
    expect(files['who-am-i.pact.test.ts']).toContain("credential: 'bearer'")
    expect(files['who-am-i.pact.test.ts']).toContain("credential: 'none'")
    expect(files['list-conversations.pact.test.ts']).toContain('// It was sent with sort in its query')

    const oxfmt = await runNode([join(project.root, 'node_modules/oxfmt/bin/oxfmt'), '--check', folder], {
      cwd: process.cwd(),
    })
    expect(oxfmt.output).toContain('All matched files use the correct format.')
    expect(await project.compile()).toEqual({ code: 0, output: '' })

    const recorded = await concordat(['record'], options)
    expect(recorded.stdout).toContain('14 interactions recorded, pacts/workbench/frontend--backend.json changed')
    expect(recorded.code).toBe(0)
    const replayed = await concordat(['replay', 'workbench/backend', '--target', 'mock'], options)
    expect(replayed.stdout).toContain('14 of 14 interactions replayed, 0 differ')
    expect(replayed.code).toBe(0)

    const [url = ''] = stack.address.split('#')
    const refused = await concordat([...args.slice(0, -1), `${url}#another-token`], options)
    expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining('refuses the token') })
    const other = await concordat(['record', '--from-traffic', 'owner--coordinator', '--control', stack.address])
    expect(other).toMatchObject({ code: 2, stderr: expect.stringContaining('the stack there is workbench') })

    const again = await concordat(args, options)
    expect(again.stdout).toContain('frontend -> backend: 18 calls, 0 interactions in no pact.\n')
  },
  patienceMs,
)

test(
  'signed calls and tokens of prometheus are drafted without a secret, are recorded, and are replayed on the mock',
  async () => {
    await using mock = await watchedMock('prometheus', 'coordinator')
    await using project = await trafficProject('prometheus')
    const contract = (await loadSystem('prometheus')).components['coordinator']!.contract!
    const { token } = await mock.setUp('callerKnown', { name: 'ann', role: 'owner' })
    await mock.setUp('jobExists', { job_id: unknown, owner: 'ann', name: 'Documentation' })
    const headers = { authorization: `Bearer ${String(token)}` }
    for (const path of [`/api/swarm/jobs/${unknown}`, '/api/swarm/jobs?page=1&per_page=20', '/health'])
      expect((await fetch(`${mock.url('owner')}${path}`, { headers })).status).toBe(200)
    const { private_key: key } = await mock.setUp('nodeRegistered', { name: 'planner' })
    const carrier = contract.operations['claimTodo']!.spec.auth!.carriers.find(({ kind }) => kind === 'signature')
    if (carrier?.kind !== 'signature') throw new Error('claims are signed')
    const body = JSON.stringify({ kind: 'plan' })
    const toSign = { method: 'POST', path: '/api/claims', body: new TextEncoder().encode(body) }
    const authorization = `${carrier.scheme} ${carrier.sign(String(key), toSign)}`
    const claim = { method: 'POST', headers: { ...json, authorization }, body }
    expect((await fetch(`${mock.url('node-planner')}/api/claims`, claim)).status).toBe(201)
    await project.write('seen.jsonl', await mock.lines(4))

    const options = { root: project.root }
    const file = join(project.root, 'seen.jsonl')
    for (const edge of ['owner--coordinator', 'node-planner--coordinator']) {
      const drafted = await concordat(['record', '--from-traffic', edge, '--file', file], options)
      expect(drafted).toMatchObject({ code: 0, stderr: '', stdout: expect.not.stringContaining('fails until') })
    }
    const [owners, nodes] = await Promise.all(
      ['owner', 'node-planner'].map((name) => filesIn(join(project.root, 'consumers/prometheus', name, 'drafts'))),
    )
    expect(Object.keys(owners ?? {})).toEqual(['get-job.pact.test.ts', 'health.pact.test.ts', 'list-jobs.pact.test.ts'])
    expect(Object.keys(nodes ?? {})).toEqual(['claim-todo.pact.test.ts'])
    const all = Object.values({ ...owners, ...nodes }).join('\n')
    for (const secret of [token, key, authorization]) expect(all).not.toContain(String(secret))

    expect(await project.compile()).toEqual({ code: 0, output: '' })
    const recorded = await concordat(['record'], options)
    expect(recorded.stdout).toContain('3 interactions recorded, pacts/prometheus/owner--coordinator.json changed')
    expect(recorded.stdout).toContain('1 interaction recorded, pacts/prometheus/node-planner--coordinator.json changed')
    // The pacts of its other consumers are missing here, which is told beside.
    const replayed = await concordat(['replay', 'prometheus/coordinator', '--target', 'mock'], options)
    expect(replayed.stdout).toContain('4 of 4 interactions replayed, 0 differ')
  },
  patienceMs,
)

/** A call of the till, as a line. */
function line(call: Partial<Parameters<typeof seen>[0]> = {}): string {
  return JSON.stringify({
    ...seen({ path: '/items/1', reply: { id: 1, name: 'Milk' }, ...call }),
    consumer: 'till',
    provider: 'stock',
  })
}

test(
  'calls of nobody who is known are drafted too; drafts that are there are told, and nothing seen is 3',
  async () => {
    const anybody = line({ path: '/items/2', status: 404, reply: { message: 'None.' } }).replace('"till"', '"(anyone)"')
    await using project = await temporaryProject({
      ...shopSystem,
      'seen.jsonl': `${line()}\n${anybody}`,
      'none.jsonl': '',
    })
    const run = (file: string, ...more: string[]) =>
      concordat(['record', '--from-traffic', 'till--stock', '--file', join(project.root, file), ...more], {
        root: project.root,
      })
    const drafted = await run('seen.jsonl', '--json')
    const file = 'consumers/shop/till/drafts/get-item.pact.test.ts'
    expect(JSON.parse(drafted.stdout)).toMatchObject({
      ok: true,
      edge: 'till -> stock',
      calls: 2,
      drafts: [
        {
          operation: 'getItem',
          file,
          interactions: ['getItem is answered with 200', 'getItem is answered with 404'],
          known: [],
        },
      ],
    })
    expect((await run('seen.jsonl')).stdout).toContain(`  ${file} has them already\n`)
    const elsewhere = await run('seen.jsonl', '--out', join(project.root, 'elsewhere'))
    expect(elsewhere.stdout).toContain('  elsewhere/get-item.pact.test.ts: 2 interactions\n')
    expect(await run('none.jsonl')).toMatchObject({
      code: 3,
      stdout: expect.stringContaining('The file has no call on till -> stock, so there is nothing to draft.'),
    })
  },
  patienceMs,
)

test(
  'a draft that lacks a state compiles, and its recording says which to choose',
  async () => {
    await using project = await trafficProject('workbench')
    const call = seen({
      path: '/api/auth/me',
      headers: { cookie: 'token=***' },
      reply: { id: unknown, email: 'ann@example.org' },
    })
    await project.write('seen.jsonl', JSON.stringify({ ...call, consumer: 'frontend', provider: 'backend' }))
    const options = { root: project.root }
    const args = ['record', '--from-traffic', 'frontend--backend', '--file', join(project.root, 'seen.jsonl')]
    const drafted = await concordat(args, options)
    expect(drafted.stdout).toContain(
      '"whoAmI is answered with 200" fails until it is finished: a state has to be chosen (signedIn, sessionExpired).',
    )
    expect(await project.compile()).toEqual({ code: 0, output: '' })
    const recorded = await concordat(['record'], options)
    expect(recorded.stdout).toContain(
      'state "signedIn or sessionExpired: choose one, with its parameters" is not in the contract',
    )
    expect(recorded.code).toBe(1)
  },
  patienceMs,
)

test.each<[readonly string[], number, string]>([
  [[], 2, '--from-traffic needs the calls: --control with the address that "concordat up" prints, or --file'],
  [['--file', 'a', '--control', 'b'], 2, '--from-traffic needs the calls'],
  [['--edge', 'till--stock', '--file', 'a'], 2, '--from-traffic names the edge. Leave out --edge.'],
  [['--file', 'none.jsonl'], 2, 'none.jsonl cannot be read: ENOENT'],
  [['--control', 'http://127.0.0.1:1'], 2, '--control needs the address that "concordat up" prints, with the token'],
  [['--control', 'nonsense'], 2, '--control needs the address that "concordat up" prints, with the token'],
  [['--control', 'http://127.0.0.1:1/#token'], 11, 'no control API answers at http://127.0.0.1:1'],
])('%j is refused with what to do', async (args, code, message) => {
  await using project = await temporaryProject(shopSystem)
  const ended = await concordat(['record', '--from-traffic', 'till--stock', ...args], { root: project.root })
  expect(ended).toMatchObject({ code, stdout: '', stderr: expect.stringContaining(message) })
})

test('flags that belong to traffic are refused without it, and so is an edge that is not there', async () => {
  await using project = await temporaryProject(shopSystem)
  const ask = async (...args: string[]) => (await concordat(['record', ...args], { root: project.root })).stderr
  expect(await ask('--file', 'a')).toContain('--file belongs to --from-traffic. Name the edge with it.')
  expect(await ask('--from-traffic', 'till--stok', '--file', 'a')).toContain(
    'there is no edge "till--stok". Did you mean "till--stock"? Name one of till--stock.',
  )
})
