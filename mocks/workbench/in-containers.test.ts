import { randomBytes } from 'node:crypto'
import { downAll, port, upAll, type IDockerComposeOptions } from 'docker-compose'
import { concordat } from '#harness/cli/testing/concordat.ts'
import { paths } from '#harness/project/paths.ts'
import { findDockerEngine } from '#harness/stack/stores/docker.ts'
import { describeWhen } from '#harness/stack/testing/describe-when.ts'
import { guardProject } from '#harness/stack/warden.ts'

const engine = await findDockerEngine()
const busyMs = 300_000

describeWhen(engine.kind === 'silent' ? engine.reason : undefined, 'the exported Compose file of the mocks', () => {
  test(
    'runs them, and every pact is replayed on what it runs',
    async () => {
      const project = `concordat-mocks-${randomBytes(4).toString('hex')}`
      const address = engine.kind === 'answers' ? engine.address : ''
      const compose: IDockerComposeOptions = {
        cwd: paths.compose('workbench'),
        config: 'mocks.yaml',
        composeOptions: [['--project-name', project]],
        env: { ...process.env, DOCKER_HOST: address, BACKEND_PORT: '0' },
      }
      using _ = guardProject(address, project)
      try {
        await upAll({ ...compose, commandOptions: ['--build', '--wait'] })
        const placeOf = async (inside: number): Promise<string> => {
          const { data } = await port('backend', inside, compose)
          return `http://${data.address}:${data.port}`
        }
        const replay = ['replay', 'workbench/backend', '--target', await placeOf(4512)]
        const { code, stdout } = await concordat([...replay, '--states-url', await placeOf(9292)])
        expect(stdout).toMatch(/(\d+) of \1 interactions replayed, 0 differ\n$/)
        expect(code).toBe(0)
      } finally {
        await downAll({ ...compose, commandOptions: [['--timeout', '0'], ['--rmi', 'local'], '--volumes'] })
      }
    },
    busyMs,
  )
})
