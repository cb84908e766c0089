/**
 * The files of a small made-up system whose components call each other: a player throws balls to a wall, which throws them
 * back. The wall's service is no TypeScript and started by a command; both have a store of the same name.
 */
export const ringSystem: Readonly<Record<string, string>> = {
  'contracts/ring/parts.ts': `
import { z } from 'zod'
import { none } from '#harness/contract/content.ts'
import { contract } from '#harness/contract/contract.ts'
import { errorShape } from '#harness/contract/error-shape.ts'
import { http } from '#harness/contract/operation.ts'

const Problem = z.object({ message: z.string() })
const errors = errorShape(Problem, { body: ({ message }) => ({ message }), read: ({ message }) => ({ code: '', message }) })
const id = z.coerce.number().int()
const Ball = z.object({ id: z.int(), status: z.enum(['thrown', 'back']) })

export const player = contract('ring-player', {
  errors,
  states: { ballThrown: z.object({ id: z.int() }) },
  operations: {
    throwBall: http.put('/balls/{id}', { params: { id }, replies: { 202: none } }),
    getBall: http.get('/balls/{id}', { params: { id }, replies: { 200: Ball, 404: Problem } }),
    returnBall: http.put('/returns/{id}', { params: { id }, replies: { 204: none } }),
    greet: http.get('/greeting', { replies: { 200: z.object({ text: z.string() }) } }),
  },
})
export const wall = contract('ring-wall', {
  errors,
  states: { ballHit: z.object({ id: z.int() }) },
  operations: {
    hit: http.put('/hits/{id}', { params: { id }, replies: { 204: none } }),
    getHit: http.get('/hits/{id}', { params: { id }, replies: { 200: z.object({ returned: z.boolean() }), 404: Problem } }),
  },
})
`,
  'contracts/ring/system.ts': `
import { z } from 'zod'
import { system as declareSystem } from '#harness/contract/system.ts'
import { player, wall } from './parts.ts'

const text = z.string()
export const system = declareSystem('ring', {
  components: {
    wall: {
      contract: wall,
      port: 7012,
      environment: { WALL_BIND: text, WALL_BALLS: text, PLAYER_URL: text },
      bindVariable: 'WALL_BIND',
      command: [process.execPath, 'main.mjs'],
      stores: { balls: { kind: 'directory', variable: 'WALL_BALLS' } },
    },
    player: {
      contract: player,
      port: 7011,
      environment: { PLAYER_BIND: text, PLAYER_BALLS: text, WALL_URL: text, GREETING: text },
      bindVariable: 'PLAYER_BIND',
      stores: { balls: { kind: 'directory', variable: 'PLAYER_BALLS' } },
      defaults: { GREETING: 'hello' },
    },
    watcher: { environment: {} },
  },
  edges: [
    { consumer: 'player', provider: 'wall', variable: 'WALL_URL' },
    { consumer: 'wall', provider: 'player', variable: 'PLAYER_URL' },
    { consumer: 'watcher', provider: 'player' },
    { consumer: 'watcher', provider: 'wall' },
  ],
  startOrder: ['balls', 'wall', 'player', 'watcher'],
  agreements: [],
})
`,
  'providers/ring/player/main.ts': `
import { readFileSync, readdirSync, existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { Refusal } from '#harness/contract/error-shape.ts'
import { reply } from '#harness/contract/reply.ts'
import { listen } from '#harness/serve/node/host.ts'
import { serve } from '#harness/serve/serve.ts'
import { player } from '#contracts/ring/parts.ts'

const { PLAYER_BALLS: balls, PLAYER_BIND: bind, WALL_URL: wall, GREETING: text } = process.env
const file = (id) => join(balls, String(id))
const service = serve(player, {
  throwBall: ({ params }) => (writeFileSync(file(params.id), 'thrown'), reply(202)),
  getBall({ params: { id } }) {
    if (!existsSync(file(id))) throw new Refusal(404, 'no_ball', { message: 'There is no such ball.' })
    return reply(200, { id, status: readFileSync(file(id), 'utf8') })
  },
  returnBall: ({ params }) => (existsSync(file(params.id)) && writeFileSync(file(params.id), 'back'), reply(204)),
  greet: () => reply(200, { text }),
})
await listen(service, { port: Number(bind.split(':')[1]) })
for (;;) {
  for (const id of readdirSync(balls)) {
    if (readFileSync(file(id), 'utf8') !== 'thrown') continue
    const call = { method: 'PUT', headers: { 'x-request-id': 'throw-' + id }, signal: AbortSignal.timeout(1000) }
    await fetch(wall + '/hits/' + id, call).catch((error) => console.log('the wall does not answer: ' + error))
  }
  await pause(20)
}
`,
  'providers/ring/wall/main.mjs': `
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

const { WALL_BALLS: balls, WALL_BIND: bind, PLAYER_URL: player } = process.env
const file = (id) => join(balls, id)
console.log('the wall stands in ' + process.cwd())
createServer((request, response) => {
  const id = request.url.split('/').at(-1)
  response.setHeader('x-request-id', request.headers['x-request-id'] ?? '')
  if (request.method === 'PUT') {
    if (!existsSync(file(id))) writeFileSync(file(id), 'hit')
    return response.writeHead(204).end()
  }
  const known = existsSync(file(id))
  const body = known ? { returned: readFileSync(file(id), 'utf8') === 'returned' } : { message: 'There is no such hit.' }
  response.writeHead(known ? 200 : 404, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}).listen(Number(bind.split(':')[1]), '127.0.0.1')
for (;;) {
  for (const id of readdirSync(balls)) {
    if (readFileSync(file(id), 'utf8') !== 'hit') continue
    const call = { method: 'PUT', headers: { 'x-request-id': 'return-' + id } }
    const answer = await fetch(player + '/returns/' + id, call).catch(() => ({ ok: false }))
    if (answer.ok && existsSync(file(id))) writeFileSync(file(id), 'returned')
  }
  await pause(20)
}
`,
  'providers/ring/player/states.ts': liveStates('PLAYER_BALLS', 'ballThrown', 'thrown'),
  'providers/ring/wall/states.ts': liveStates('WALL_BALLS', 'ballHit', 'hit'),
  'mocks/ring/player.mock.ts': `
import { setTimeout as pause } from 'node:timers/promises'
import { client } from '#harness/client/client.ts'
import { Refusal } from '#harness/contract/error-shape.ts'
import { reply } from '#harness/contract/reply.ts'
import { mock as declareMock } from '#harness/mock/mock.ts'
import { player, wall } from '#contracts/ring/parts.ts'

export const mock = declareMock(player, {
  memory: ({ GREETING }) => ({ balls: new Map(), text: GREETING }),
  handlers: ({ balls, text }) => ({
    throwBall: ({ params }) => (balls.set(params.id, 'thrown'), reply(202)),
    getBall({ params: { id } }) {
      if (!balls.has(id)) throw new Refusal(404, 'no_ball', { message: 'There is no such ball.' })
      return reply(200, { id, status: balls.get(id) })
    },
    returnBall: ({ params: { id } }) => (balls.has(id) && balls.set(id, 'back'), reply(204)),
    greet: () => reply(200, { text }),
  }),
  states: ({ balls }) => ({ ballThrown: ({ id }) => void balls.set(id, 'thrown') }),
  async background({ balls }, peers, signal) {
    const api = client(wall, { baseUrl: peers('wall'), retries: 0, timeoutMs: 1000 })
    while (!signal.aborted) {
      for (const [id, status] of balls) if (status === 'thrown') await api.hit({ params: { id } }).catch(() => undefined)
      await pause(20, undefined, { signal }).catch(() => undefined)
    }
  },
})
`,
  'mocks/ring/wall.mock.ts': `
import { setTimeout as pause } from 'node:timers/promises'
import { client } from '#harness/client/client.ts'
import { Refusal } from '#harness/contract/error-shape.ts'
import { reply } from '#harness/contract/reply.ts'
import { mock as declareMock } from '#harness/mock/mock.ts'
import { player, wall } from '#contracts/ring/parts.ts'

export const mock = declareMock(wall, {
  memory: () => ({ hits: new Map() }),
  handlers: ({ hits }) => ({
    hit: ({ params: { id } }) => (hits.set(id, hits.get(id) ?? false), reply(204)),
    getHit({ params: { id } }) {
      if (!hits.has(id)) throw new Refusal(404, 'no_hit', { message: 'There is no such hit.' })
      return reply(200, { returned: hits.get(id) })
    },
  }),
  states: ({ hits }) => ({ ballHit: ({ id }) => void hits.set(id, false) }),
  async background({ hits }, peers, signal) {
    const api = client(player, { baseUrl: peers('player'), retries: 0 })
    while (!signal.aborted) {
      for (const [id, returned] of hits) {
        if (returned) continue
        if (id === 13) throw new Error('the wall fell down')
        await api.returnBall({ params: { id } }).then(() => hits.set(id, true), () => undefined)
      }
      await pause(20, undefined, { signal }).catch(() => undefined)
    }
  },
})
`,
}

/** States of a live part: files in its store. */
function liveStates(variable: string, state: string, text: string): string {
  return `
import { readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

export const states = async ({ environment }) => {
  const folder = environment.${variable}
  const reset = async () => {
    for (const file of await readdir(folder)) await rm(join(folder, file))
  }
  return {
    reset,
    handlers: { ${state}: ({ id }) => writeFile(join(folder, String(id)), '${text}') },
    [Symbol.asyncDispose]: reset,
  }
}
`
}
