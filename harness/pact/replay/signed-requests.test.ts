import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { client } from '#harness/client/client.ts'
import { exactly } from '#harness/contract/example.ts'
import { readPact, type HttpPactInteraction, type PactFile } from '../file/pact-file.ts'
import { secretsIn } from '../file/secrets.ts'
import type { AnyInteraction } from '../record/interaction.ts'
import { recordHttp } from '../record/record-http.ts'
import { recordStream } from '../record/record-stream.ts'
import type { RecordingApi } from '../record/recording.ts'
import { startUpMs } from '#harness/stack/patience.ts'
import { seal, vault, vaultWith } from '../testing/vault.ts'
import { openSesame, startVault } from '../testing/vault-server.ts'
import { replay, type ReplayedInteraction } from './replay.ts'
import { startStatesServer } from './states-server.ts'
import type { Target } from './target.ts'
import { urlTarget } from './url-target.ts'
import { startVerifier, type PactVerifier } from './verifier.ts'

const ann = [vault.states.keyKnown({ owner: 'ann' })]
const gold = { what: 'gold' }
const storeCall = vault.store({ params: { id: 7 }, query: { note: 'to keep & to hold' }, body: gold })
const refused = { status: 401, body: { message: 'Who are you?' } }
/** The consumer has a key of its own: the pact never sees what it makes with it. */
const ownKey = 'key-of-the-consumer'

type Recorded = readonly [AnyInteraction, (api: RecordingApi) => Promise<unknown>]

const calls = (url: string, fetchIt: typeof fetch = fetch) =>
  client(vault, { baseUrl: url, credentials: { kind: 'signed', secret: ownKey }, fetch: fetchIt })

/** As a client that names another scheme than it should. */
const under =
  (scheme: string): typeof fetch =>
  (input, init) => {
    const headers = new Headers(init?.headers)
    headers.set('authorization', headers.get('authorization')?.replace(/^\S+/, scheme) ?? '')
    return fetch(input, { ...init, headers })
  }

const interactions: Record<string, Recorded> = {
  'stores gold': [
    { given: ann, call: storeCall, reply: { status: 200, body: { what: exactly('gold') } } },
    ({ url }) => calls(url).store(storeCall.input as never),
  ],
  'is refused a seal under another scheme word': [
    { given: ann, call: storeCall, credential: { scheme: 'Bearer' }, reply: refused },
    ({ url }) =>
      expect(calls(url, under('Bearer')).store(storeCall.input as never)).rejects.toMatchObject({ status: 401 }),
  ],
  'is refused a badge under another scheme word': [
    {
      given: [vault.states.badgeKnown({ owner: 'ann' })],
      call: vault.visit(),
      credential: { scheme: 'Basic' },
      reply: refused,
    },
    async ({ url, placeholder }) => {
      const credentials = { kind: 'bearer', token: () => placeholder } as const
      await expect(client(vault, { baseUrl: url, credentials, fetch: under('Basic') }).visit()).rejects.toMatchObject({
        status: 401,
      })
    },
  ],
  'watches gold': [
    { given: ann, call: vault.watch({ body: gold }), events: [{ event: 'seen', data: { what: exactly('gold') } }] },
    async ({ url }) => {
      for await (const _event of calls(url).watch({ body: gold })) break
    },
  ],
  'talks of gold': [
    {
      given: ann,
      call: vault.talk(),
      conversation: [
        { send: 'ask', data: {} },
        { receive: 'answer', data: { what: exactly('gold') } },
      ],
    },
    async ({ url }) => {
      const value = seal(ownKey, { method: 'GET', path: '/talk', body: new Uint8Array() })
      const socket = new WebSocket(`${url.replace('http', 'ws')}/talk`, {
        headers: { authorization: `Seal ${value}`, 'x-request-id': 'r' },
      } as unknown as string[])
      socket.addEventListener('open', () => socket.send('{"type":"ask","data":{}}'))
      await new Promise((resolve) => socket.addEventListener('message', resolve))
      socket.close()
    },
  ],
}

let folder: string
let verifier: PactVerifier

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'signed-requests-test-'))
  verifier = await startVerifier()
}, startUpMs)

afterAll(async () => {
  await verifier[Symbol.asyncDispose]()
  await rm(folder, { recursive: true })
})

async function record(description: string, recorded = interactions[description]!): Promise<PactFile> {
  const [interaction, run] = recorded
  const recording = {
    consumer: 'keeper',
    contract: vault,
    description,
    interaction,
    testFile: 'keeper.pact.test.ts',
    folder: join(folder, description),
  }
  await (interaction.reply ? recordHttp : recordStream)(recording, async (api) => void (await run(api)))
  return readPact(join(folder, description, 'keeper-vault.json'))
}

async function replayed(description: string, target: Target, contract = vault): Promise<ReplayedInteraction> {
  const [result] = await replay({ pact: await record(description), contract, target, verifier })
  return result!
}

test(
  'a pact says that a request is signed and with what, and holds neither key nor signature',
  async () => {
    const pact = await record('stores gold')
    const { request } = pact.interactions[0] as HttpPactInteraction
    expect(request).toMatchObject({
      headers: { authorization: ['Seal placeholder'] },
      matchingRules: {
        header: { authorization: { matchers: [{ regex: '^[Ss]eal +(?:[0-9a-f]{64}|placeholder)$' }] } },
      },
      generators: { header: { authorization: { type: 'ProviderState', expression: 'Seal sign-with:${key}' } } },
    })
    expect(secretsIn(pact)).toEqual([])
  },
  startUpMs,
)

test.each([
  ['that does not sign', vault, { kind: 'none' } as const],
  [
    'whose signature has another shape',
    vaultWith((key, request) => `${seal(key, request)}00`),
    { kind: 'signed', secret: ownKey } as const,
  ],
])(
  'a consumer %s is not recorded',
  async (_what, contract, credentials) => {
    const [interaction] = interactions['stores gold']!
    const recording = record('stores nothing', [
      interaction,
      ({ url }) => client(contract, { baseUrl: url, credentials }).store(storeCall.input as never),
    ])
    await expect(recording).rejects.toThrow(/authorization/i)
  },
  startUpMs,
)

test.each(Object.keys(interactions))(
  '%s: green on a live provider that verifies',
  async (description) => {
    await using server = await startVault()
    expect((await replayed(description, server)).findings).toEqual([])
  },
  startUpMs,
)

test(
  'the provider gets a signature in place of the key',
  async () => {
    await using server = await startVault()
    await replayed('stores gold', server)
    expect(server.seen).toEqual([expect.stringMatching(/^Seal [0-9a-f]{64}$/)])
  },
  startUpMs,
)

test(
  'a service that somebody else runs is signed to as well, its states by URL',
  async () => {
    await using server = await startVault()
    await using states = await startStatesServer(server)
    await using target = urlTarget(server.baseUrl, states.url)
    expect((await replayed('stores gold', target)).findings).toEqual([])
  },
  startUpMs,
)

test.each(['stores gold', 'watches gold', 'talks of gold'])(
  '%s: a wrong key is red',
  async (description) => {
    await using server = await startVault({ givenKey: 'a-key-of-somebody-else' })
    expect((await replayed(description, server)).findings).not.toEqual([])
  },
  startUpMs,
)

test.each([
  [
    'with the message attached where it is expected detached',
    (signature: string, body: Uint8Array) => signature + Buffer.from(body).toString('hex'),
  ],
  ['over the body alone', (_signature: string, body: Uint8Array) => seal(openSesame, { method: '', path: '', body })],
])(
  'a signature %s is red',
  async (_what, spoil) => {
    await using server = await startVault()
    const spoiled = vaultWith((key, request) => spoil(seal(key, request), request.body))
    expect((await replayed('stores gold', server, spoiled)).findings).toMatchObject([
      { code: 'interaction-mismatch', operation: 'store', path: '$.reply.status' },
      expect.anything(),
    ])
  },
  startUpMs,
)

test.each(['is refused a seal under another scheme word', 'is refused a badge under another scheme word'])(
  '%s: a provider that never looks at the word is red',
  async (description) => {
    await using server = await startVault({ ignoresScheme: true })
    expect((await replayed(description, server)).findings[0]).toMatchObject({ path: '$.reply.status' })
  },
  startUpMs,
)

test(
  'a key that signs nothing is told as the mistake of its state, and not repeated',
  async () => {
    await using server = await startVault()
    const picky = vaultWith((key) => {
      throw new Error(`"${key}" is no key`)
    })
    expect((await replayed('stores gold', server, picky)).findings).toMatchObject([
      { code: 'state-failed', message: 'Nothing can be signed with the value that a state provides: "…" is no key.' },
    ])
    expect(server.seen).toEqual([])
  },
  startUpMs,
)

test(
  'a call that takes no signature any more is told, and the key goes nowhere',
  async () => {
    await using server = await startVault()
    const pact = structuredClone(await record('stores gold'))
    const { request } = pact.interactions[0] as HttpPactInteraction
    Object.assign(request, { method: 'GET', path: '/hall' })
    const [result] = await replay({ pact, contract: vault, target: server, verifier })
    expect(result?.findings).toMatchObject([
      {
        code: 'operation-undeclared',
        message: 'The pact has GET /hall signed, and the contract takes no signature there.',
      },
    ])
    expect(server.seen).toEqual([])
  },
  startUpMs,
)
