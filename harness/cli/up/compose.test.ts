import { findDockerEngine } from '#harness/stack/stores/docker.ts'
import { engineRequest } from '#harness/stack/stores/docker-engine.ts'
import { describeWhen } from '#harness/stack/testing/describe-when.ts'
import { eventually } from '#harness/stack/testing/eventually.ts'
import { temporaryProject, type TemporaryProject } from '#harness/testing/temporary-project.ts'
import { concordat, start } from '../testing/concordat.ts'

/** Pages behind an entry: what containers are for, with nothing to build but the pages. */
const garden = {
  'contracts/garden/system.ts': `
    import { system as declareSystem } from '#harness/contract/system.ts'
    export const system = declareSystem('garden', {
      components: {
        beds: { port: 8181, environment: {} },
        gate: { port: 8180, environment: {}, entry: { routes: [{ path: '/', to: 'beds' }] } },
      },
      edges: [], startOrder: ['beds', 'gate'], agreements: [],
    })`,
  'consumers/garden/beds/app/index.html': '<!doctype html><title>Garden</title><p>Roses</p>',
}

const engine = await findDockerEngine()
const busyMs = 120_000

async function containersOfGarden(): Promise<readonly string[]> {
  if (engine.kind === 'silent') return []
  const { body } = await engineRequest(engine.address, { path: '/containers/json?all=true' })
  const all = JSON.parse(body) as readonly { Labels: Readonly<Record<string, string>> }[]
  return all.flatMap(({ Labels }) => {
    const project = Labels['com.docker.compose.project'] ?? ''
    return project.includes('garden-') || project === 'garden' ? [project] : []
  })
}

let project: TemporaryProject
beforeAll(async () => {
  project = await temporaryProject(garden)
})
afterAll(() => project[Symbol.asyncDispose]())

describeWhen(engine.kind === 'silent' ? engine.reason : undefined, 'up --compose', () => {
  test(
    'builds the pages and serves them behind the entry until Ctrl-C, which leaves nothing',
    async () => {
      const { child, ended, output } = start(['up', 'garden', '--compose', '--ports', 'free', '--verbose'], {
        root: project.root,
      })
      await eventually('it is up', () => output().includes('Ctrl-C') || child.exitCode !== null, busyMs)
      const [url = ''] = /http:\/\/\S+/.exec(output()) ?? []
      expect(await fetch(`${url}/somewhere`).then((reply) => reply.text())).toContain('<p>Roses</p>')
      await eventually('the request is told', () => output().includes('GET /somewhere'), busyMs)
      child.kill('SIGINT')
      const { code, stdout } = await ended
      expect(stdout).toMatch(/component +kind +url\ngate +entry +http:\S+ +\/ -> beds\nbeds +pages +behind gate\n/)
      expect(code).toBe(0)
      expect(await containersOfGarden()).toEqual([])
    },
    busyMs,
  )

  test(
    'killed in any way, nothing is left',
    async () => {
      const { child, ended, output } = start(['up', 'garden', '--compose', '--ports', 'free', '--json'], {
        root: project.root,
      })
      await eventually('it is up', () => output().includes('"started"') || child.exitCode !== null, busyMs)
      expect(await containersOfGarden()).toHaveLength(2)
      child.kill('SIGKILL')
      await ended
      await eventually('its containers are gone', async () => (await containersOfGarden()).length === 0, busyMs)
    },
    busyMs,
  )
})

test('pages that cannot be built are 14, with why', async () => {
  await using broken = await temporaryProject({
    ...garden,
    'consumers/garden/beds/app/index.html': '<!doctype html><script type="module" src="./missing.ts"></script>',
  })
  const { code, stderr } = await concordat(['up', 'garden', '--compose', '--ports', 'free'], { root: broken.root })
  expect(stderr).toMatch(/Cannot build the pages of garden\/beds: [^]*missing\.ts/)
  expect(code).toBe(14)
}, 60_000)

test.each([
  [['--live', 'beds'], '--live is for components outside of containers.'],
  [['--state', 'wet'], '--state is for components outside of containers.'],
])('up --compose %j is a usage error', async (flags, message) => {
  const { code, stderr } = await concordat(['up', 'garden', '--compose', ...flags], { root: project.root })
  expect(stderr).toContain(message)
  expect(code).toBe(2)
})
