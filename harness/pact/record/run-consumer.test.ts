import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { EnvironmentError } from '#harness/stack/environment-error.ts'
import { groupIsAlive } from '#harness/stack/process-group.ts'
import { runConsumer, type ConsumerCommand } from './run-consumer.ts'

/** A consumer in another language: a shell script. */
function script(text: string, more: Partial<ConsumerCommand> = {}): ConsumerCommand {
  return { command: ['sh', '-c', text], env: {}, ...more }
}

async function failureOf(consumer: ConsumerCommand): Promise<Error> {
  const failure = await runConsumer(consumer).then(
    () => undefined,
    (error: Error) => error,
  )
  if (!failure) throw new Error('it should have failed')
  return failure
}

test('gets its provider by its environment and its task by its input, and says what came of it', async () => {
  const consumer = script('read -r task; echo "{\\"task\\": \\"$task\\", \\"at\\": \\"$SHOP_URL\\"}"; echo noted >&2', {
    env: { SHOP_URL: 'http://127.0.0.1:1' },
    input: 'count\n',
  })
  const { stdout, stderr, json } = await runConsumer(consumer)
  expect(json()).toEqual({ task: 'count', at: 'http://127.0.0.1:1' })
  expect(stdout).toContain('"task": "count"')
  expect(stderr).toBe('noted\n')
})

test('runs where it is told, without what steers the test runner', async () => {
  const { stdout } = await runConsumer(script('pwd; env', { cwd: '/' }))
  expect(stdout).toMatch(/^\/\n/)
  expect(stdout).not.toMatch(/^(NODE_OPTIONS|JEST_\w+)=/m)
})

test('may leave its input unread', async () => {
  await expect(runConsumer(script('true', { input: 'x'.repeat(1_000_000) }))).resolves.toMatchObject({ stdout: '' })
})

test('that fails is an error with what it said last', async () => {
  const { message } = await failureOf(script('seq 1 50 >&2; echo beside; exit 3'))
  expect(message).toContain('ended with code 3. Fix what it says last.\n  | 31\n')
  expect(message).toMatch(/ {2}\| 50$/)
})

test('that fails silently is one too, as is one that is killed', async () => {
  expect((await failureOf(script('exit 1'))).message).toContain('(it wrote nothing)')
  expect((await failureOf(script('echo going; kill -TERM $$'))).message).toMatch(/ended with SIGTERM\..*\n {2}\| going/)
})

test('that says something else than JSON is one where JSON is wanted', async () => {
  const { json } = await runConsumer(script('echo hello'))
  expect(json).toThrow(/wrote what is no JSON\. .*\n {2}\| hello/)
})

test('that cannot be started is a mistake of the machine', async () => {
  const failure = await failureOf({ command: ['no-such-program', 'x'], cwd: '/', env: {} })
  expect(failure).toBeInstanceOf(EnvironmentError)
  expect(failure.message).toBe(
    'Cannot run the consumer (no-such-program x) in /: ENOENT. Check that the program is installed and that the folder exists.',
  )
})

describe('leaves nothing behind', () => {
  let folder: string
  beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'run-consumer-test-'))))
  afterEach(() => rm(folder, { recursive: true }))

  const leader = async (): Promise<number> => Number(await readFile(join(folder, 'pid'), 'utf8'))

  test('when its time is over', async () => {
    const consumer = script('echo $$ > "$DIR/pid"; echo working >&2; sleep 60 & sleep 60', {
      env: { DIR: folder },
      timeoutMs: 2000,
    })
    const { message } = await failureOf(consumer)
    expect(message).toMatch(/did not end within 2000 ms\. .*\n {2}\| working/)
    expect(groupIsAlive(await leader())).toBe(false)
  })

  test('of what it started, and does not wait for that', async () => {
    const { stdout } = await runConsumer(script('echo $$ > "$DIR/pid"; sleep 60 & echo done', { env: { DIR: folder } }))
    expect(stdout).toBe('done\n')
    expect(groupIsAlive(await leader())).toBe(false)
  })
})
