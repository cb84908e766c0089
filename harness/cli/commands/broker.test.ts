import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { call, publish } from '#harness/broker/testing/broker-api.ts'
import { createDatabase, dropDatabase } from '#harness/stack/stores/database.ts'
import { obtainStore } from '#harness/stack/stores/store-keeper.ts'
import { eventually } from '#harness/stack/testing/eventually.ts'
import { concordat, start, type Ended, type Started } from '../testing/concordat.ts'

const own = {
  DATABASE_URL: '',
  PACT_BROKER_TOKEN: '',
  PACT_BROKER_BASIC_AUTH_USERNAME: '',
  PACT_BROKER_BASIC_AUTH_PASSWORD: '',
}

/** A broker as a process; disposing it asks it to end as Ctrl-C does. */
async function broker(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<AsyncDisposable & { url: string; end: () => Promise<Ended> }> {
  const started: Started = start(['broker', '--port', '0', '--json', ...args], { env: { ...own, ...env } })
  const line = (): { url: string } | undefined => {
    const text = started
      .output()
      .split('\n')
      .find((one) => one.startsWith('{"type":"started"'))
    return text === undefined ? undefined : (JSON.parse(text) as { url: string })
  }
  await eventually(`the broker starts`, () => line() !== undefined || started.child.exitCode !== null, 60_000)
  const end = async (): Promise<Ended> => {
    started.child.kill('SIGINT')
    return started.ended
  }
  return { url: line()?.url ?? started.output(), end, [Symbol.asyncDispose]: async () => void (await end()) }
}

test('it keeps what it has in its folder, from one start to the next', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'concordat-broker-'))
  // As root PostgreSQL runs as somebody else, who has to get there.
  await chmod(folder, 0o755)
  try {
    {
      await using first = await broker(['--data', folder])
      await publish(first, { version: '1', branch: 'main' })
      expect(await first.end()).toMatchObject({ code: 0 })
    }
    await using second = await broker(['--data', folder])
    expect((await call(second, '/pacts/provider/shop-backend/consumer/till/latest')).status).toBe(200)
    const beside = await concordat(['broker', '--port', '0', '--data', folder], { env: own })
    expect(beside).toMatchObject({ code: 14, stderr: expect.stringContaining("Cannot start the broker's PostgreSQL") })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}, 120_000)

test('DATABASE_URL names a database that somebody else runs, and credentials are asked for', async () => {
  await using store = await obtainStore('postgres')
  const url = await createDatabase(store.url, 'broker')
  try {
    const env = { DATABASE_URL: url, PACT_BROKER_BASIC_AUTH_USERNAME: 'ann', PACT_BROKER_BASIC_AUTH_PASSWORD: 's3cret' }
    await using running = await broker([], env)
    expect((await call(running, '/')).status).toBe(401)
    expect((await call(running, '/', { headers: { authorization: `Basic ${btoa('ann:s3cret')}` } })).status).toBe(200)
    const { stdout, stderr } = await running.end()
    expect(stdout + stderr).not.toContain(new URL(url).password)
  } finally {
    await dropDatabase(store.url, url)
  }
}, 60_000)

test.each([
  [['--host', '0.0.0.0'], {}, 2, 'takes requests from elsewhere'],
  [['--port', 'x'], {}, 2, 'which is no port'],
  [[], { PACT_BROKER_BASIC_AUTH_USERNAME: 'ann' }, 2, 'go together'],
  [['--port', '0'], { DATABASE_URL: 'postgres://a:s3cret@127.0.0.1:1/x' }, 14, 'the database cannot be used'],
])(
  '%j with %j ends with %i',
  async (args, env, code, message) => {
    const ended = await concordat(['broker', ...args], { env: { ...own, ...env } as Record<string, string> })
    expect({ code: ended.code, stderr: ended.stderr }).toEqual({ code, stderr: expect.stringContaining(message) })
    expect(ended.stderr).not.toContain('s3cret')
  },
  60_000,
)
