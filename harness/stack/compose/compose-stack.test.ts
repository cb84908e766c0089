import { randomBytes } from 'node:crypto'
import { mkdtemp, rm, writeFile, chmod } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Redis } from 'ioredis'
import { z } from 'zod'
import { contract } from '#harness/contract/contract.ts'
import { http } from '#harness/contract/operation.ts'
import { problem } from '#harness/contract/problem.ts'
import { system, type System } from '#harness/contract/system.ts'
import { startUpMs } from '../patience.ts'
import { findDockerEngine, removeProject } from '../stores/docker.ts'
import { engineRequest } from '../stores/docker-engine.ts'
import { describeWhen } from '../testing/describe-when.ts'
import { nginxConfigs } from './compose-files.ts'
import { openComposeStack } from './compose-stack.ts'
import { containersOf } from './containers.ts'

const engine = await findDockerEngine()
const address = engine.kind === 'answers' ? engine.address : ''

/** A folder of pages behind an entry, and a cache, all of images that are there: nothing is built. */
function garden(): System {
  const shed = contract('garden-shed', {
    errors: problem,
    operations: { ping: http.get('/ping', { replies: { 200: z.object({}) } }) },
  })
  return system(`garden-${randomBytes(4).toString('hex')}`, {
    components: {
      pages: { port: 8081, environment: {} },
      gate: { port: 8080, environment: {}, entry: { routes: [{ path: '/', to: 'pages' }] } },
      shed: {
        contract: shed,
        port: 8082,
        environment: {},
        command: ['true'],
        stores: { cache: { kind: 'redis', variable: 'CACHE_URL' } },
      },
    },
    edges: [],
    startOrder: ['cache', 'shed', 'pages', 'gate'],
    agreements: [],
  })
}

/** What the engine has of a project: containers, networks, volumes. */
async function leftOf(project: string): Promise<readonly string[]> {
  const filters = `filters=${encodeURIComponent(JSON.stringify({ label: [`com.docker.compose.project=${project}`] }))}`
  const ask = async (path: string): Promise<unknown> => JSON.parse((await engineRequest(address, { path })).body)
  const containers = (await ask(`/containers/json?all=true&${filters}`)) as readonly { Names: readonly string[] }[]
  const networks = (await ask(`/networks?${filters}`)) as readonly { Name: string }[]
  const { Volumes } = (await ask(`/volumes?${filters}`)) as { Volumes: readonly { Name: string }[] | null }
  return [...containers.flatMap(({ Names }) => Names), ...[...networks, ...(Volumes ?? [])].map(({ Name }) => Name)]
}

function get(url: string): Promise<string> {
  return fetch(url).then((reply) => reply.text())
}

describeWhen(engine.kind === 'silent' ? engine.reason : undefined, 'a stack of Compose', () => {
  test(
    'pages are found behind their entry, which takes another configuration over at once',
    async () => {
      const place = garden()
      const folder = await mkdtemp(join(tmpdir(), 'concordat-garden-'))
      try {
        await chmod(folder, 0o755)
        await writeFile(join(folder, 'index.html'), 'Roses')
        await using stack = await openComposeStack(place, { components: [], pages: { pages: folder } })
        await stack.start('gate')
        const url = await stack.url('gate')
        expect(await get(`${url}/some/where`)).toBe('Roses')
        for (const said of ['one', 'two']) {
          const changed = (nginxConfigs(place)['gate'] ?? '').replace(/proxy_pass .*;/, `return 200 ${said};`)
          await stack.configure('gate', changed)
          expect(await Promise.all(Array.from({ length: 20 }, () => get(url)))).toEqual(Array(20).fill(said))
        }
        await expect(stack.configure('gate', 'roses;')).rejects.toThrow(
          /^gate does not take its configuration: .*unknown directive "roses"/,
        )
        expect(await get(url)).toBe('two')
      } finally {
        await rm(folder, { recursive: true })
      }
    },
    startUpMs,
  )

  test(
    'what is kept is there for the next one that keeps it; nothing else is left of a stack',
    async () => {
      const place = garden()
      const { name } = place
      try {
        {
          await using stack = await openComposeStack(place, { components: [], data: 'kept' })
          await stack.start('shed-cache')
          await withCache(name, (cache) => cache.set('roses', 'red'))
          await expect(openComposeStack(place, { components: [], data: 'kept' })).rejects.toThrow(
            `the Compose project ${name}, whose data is to be kept, has containers already`,
          )
        }
        expect(await leftOf(name)).toEqual([`${name}_shed-cache`])
        await using stack = await openComposeStack(place, { components: [], data: 'kept' })
        await stack.start('shed-cache')
        await withCache(name, async (cache) => expect(await cache.get('roses')).toBe('red'))
      } finally {
        await removeProject(address, name, 'discarded')
      }
      expect(await leftOf(name)).toEqual([])
    },
    startUpMs,
  )

  test('an image that cannot be built is told with what Compose says', async () => {
    await expect(openComposeStack(garden())).rejects.toThrow(/Cannot build the images of garden-.*: Compose says\n/)
  }, 30_000)
})

async function withCache(project: string, use: (cache: Redis) => Promise<unknown>): Promise<void> {
  const cache = new Redis(await containersOf(address, project).port('shed-cache', 6379), '127.0.0.1')
  try {
    await use(cache)
  } finally {
    cache.disconnect()
  }
}
