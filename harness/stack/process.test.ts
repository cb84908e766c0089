import { execPath } from 'node:process'
import { fileURLToPath } from 'node:url'
import { EnvironmentError } from './environment-error.ts'
import { connectFailure, freePort } from './ports.ts'
import { groupIsAlive } from './process-group.ts'
import { startProcess } from './process.ts'
import type { ProcessSpec, RunningProcess } from './process.ts'
import { eventually } from './testing/eventually.ts'
import { IDLE, STUBBORN, httpService } from './testing/scripts.ts'

const UP = { kind: 'log', pattern: /^up$/ } as const

/** A Node process that runs some code (CommonJS). */
function node(code: string, spec: Partial<ProcessSpec> = {}): ProcessSpec {
  return { name: 'service', command: execPath, args: ['--eval', code], ready: UP, ...spec }
}

async function failureOf(starting: Promise<RunningProcess>): Promise<Error> {
  const error = await starting.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(EnvironmentError)
  return error as Error
}

test('is ready when a URL answers, and ends with its scope', async () => {
  const port = await freePort()
  {
    await using running = await startProcess(
      node(httpService(port), { ready: { kind: 'http', url: `http://127.0.0.1:${port}/` } }),
    )
    const answer = await fetch(`http://127.0.0.1:${port}/`)
    expect(answer.status).toBe(200)
    expect(running.log()).toContain('up')
  }
  expect(await connectFailure(port)).toContain('ECONNREFUSED')
})

test('is ready when a URL answers with the status that was asked for', async () => {
  const port = await freePort()
  const ready = { kind: 'http', url: `http://127.0.0.1:${port}/`, status: 503 } as const
  await using running = await startProcess(node(httpService(port, 503), { ready }))
  expect(groupIsAlive(running.pid)).toBe(true)
})

test('is ready when its port accepts connections', async () => {
  const port = await freePort()
  await using running = await startProcess(node(httpService(port), { ready: { kind: 'port', port } }))
  expect(groupIsAlive(running.pid)).toBe(true)
  expect(await connectFailure(port)).toBeUndefined()
})

test('a process that ends early is reported with its exit code and last lines', async () => {
  const error = await failureOf(
    startProcess(
      node(
        `for (let i = 1; i <= 30; i++) console.log('line ' + i); console.error('no database'); process.exitCode = 7`,
      ),
    ),
  )
  expect(error.message).toContain('Cannot start service (')
  expect(error.message).toContain('it exited with code 7 before it was ready')
  expect(error.message.split('\n').slice(1)).toHaveLength(20)
  expect(error.message).toContain('  | no database')
  expect(error.message).toContain('  | line 30')
  expect(error.message).not.toContain('  | line 11\n')
})

test('a process that is not ready in time is reported with what was seen, and is not left running', async () => {
  const port = await freePort()
  const ready = { kind: 'http', url: `http://127.0.0.1:${port}/` } as const
  const error = await failureOf(startProcess(node(httpService(port, 500), { ready, readyTimeoutMs: 1_000 })))
  expect(error.message).toContain('not ready within 1 s')
  expect(error.message).toContain(`GET http://127.0.0.1:${port}/ answered 500, not 2xx`)
  expect(error.message).toContain('  | up')
  expect(await connectFailure(port)).toContain('ECONNREFUSED')
})

test('a line that never comes is named by its pattern', async () => {
  const error = await failureOf(
    startProcess(node(IDLE, { ready: { kind: 'log', pattern: /ready/ }, readyTimeoutMs: 500 })),
  )
  expect(error.message).toContain('no line matched /ready/')
})

test('a program that does not exist is named', async () => {
  const error = await failureOf(startProcess({ name: 'gateway', command: 'no-such-program', ready: UP }))
  expect(error.message).toContain('Cannot start gateway (no-such-program): ENOENT. Check that the program is installed')
})

test('a folder that is none is named', async () => {
  const file = fileURLToPath(import.meta.url)
  const error = await failureOf(startProcess(node(IDLE, { cwd: file })))
  expect(error.message).toContain(` in ${file}: ENOTDIR. Check that`)
})

test('a taken port is refused before the start, with its owner', async () => {
  const port = await freePort()
  const ready = { kind: 'port', port } as const
  await using first = await startProcess(node(httpService(port), { ready }))
  const error = await failureOf(startProcess(node(httpService(port), { ready })))
  const owner = process.platform === 'linux' ? `node (pid ${first.pid})` : 'another process'
  expect(error.message).toBe(
    `Cannot start service: port ${port} is in use by ${owner}. Stop that, or choose another port.`,
  )
})

test('stopping asks first: the process may end in its own way', async () => {
  const running = await startProcess(
    node(`process.on('SIGTERM', () => { console.log('bye'); process.exit(3) }); ${IDLE}`),
  )
  await Promise.all([running.stop(), running.stop()])
  expect(await running.exited).toEqual({ code: 3, signal: null })
  expect(running.log(1)).toEqual(['bye'])
})

test('another signal may be the one to stop with', async () => {
  const running = await startProcess(node(IDLE, { stopSignal: 'SIGINT' }))
  await running.stop()
  expect(await running.exited).toEqual({ code: null, signal: 'SIGINT' })
})

test('what does not end within the grace of 5 s is killed', async () => {
  const running = await startProcess(node(STUBBORN))
  await running.stop()
  expect(await running.exited).toEqual({ code: null, signal: 'SIGKILL' })
}, 15_000)

test('children of the process end with it, also when it crashes', async () => {
  const port = await freePort()
  const parent = `require('node:child_process').spawn(process.execPath, ['--eval', ${JSON.stringify(httpService(port))}], { stdio: 'inherit' })`
  await using running = await startProcess(
    node(`${parent}; setInterval(() => {}, 1e6)`, { ready: { kind: 'port', port } }),
  )
  process.kill(running.pid, 'SIGKILL')
  expect(await running.exited).toEqual({ code: null, signal: 'SIGKILL' })
  await eventually('the child has ended', () => !groupIsAlive(running.pid))
})

test('a signal can be sent to see what happens then', async () => {
  await using running = await startProcess(node(`process.on('SIGHUP', () => console.log('reloaded')); ${IDLE}`))
  const reloaded = new Promise<string>((resolve) => running.onLine(resolve))
  running.kill('SIGHUP')
  expect(await reloaded).toBe('reloaded')
})

test('both streams are read line by line, also when a line comes in pieces', async () => {
  const code = `process.stderr.write('ha'); setTimeout(() => process.stderr.write('lf ü\\nup\\nrest'), 50); setInterval(() => {}, 1e6)`
  const running = await startProcess(node(code))
  await running.stop()
  expect(running.log()).toEqual(['half ü', 'up', 'rest'])
})

test('the memory for lines is bounded', async () => {
  const code = `process.stdout.write('x'.repeat(100_000) + '\\n'); for (let i = 0; i < 5000; i++) console.log(i); ${IDLE}`
  await using running = await startProcess(node(code))
  expect(running.log()).toHaveLength(1_000)
  expect(running.log(3)).toEqual(['4998', '4999', 'up'])
})

test('a listener that was taken off hears no more', async () => {
  await using running = await startProcess(node(`process.on('SIGHUP', () => console.log('again')); ${IDLE}`))
  const heard: string[] = []
  const stop = running.onLine((line) => heard.push(line))
  running.kill('SIGHUP')
  await eventually('the line was heard', () => heard.length === 1)
  stop()
  running.kill('SIGHUP')
  await eventually('the line was written', () => running.log(2).join() === 'again,again')
  expect(heard).toEqual(['again'])
})

test('the environment is inherited without what steers the test runner, and can be changed', async () => {
  const code = `console.log(JSON.stringify(process.env)); console.log('up')`
  const env = { CONCORDAT_TEST: 'given', HOME: undefined }
  await using running = await startProcess(node(`${code}; setInterval(() => {}, 1e6)`, { env }))
  const seen = JSON.parse(running.log()[0] ?? '') as NodeJS.ProcessEnv
  expect(seen).toMatchObject({ CONCORDAT_TEST: 'given', PATH: process.env['PATH'] })
  expect(Object.keys(seen).filter((name) => /^(NODE_OPTIONS|JEST_.*|HOME)$/.test(name))).toEqual([])
  expect(process.env['JEST_WORKER_ID']).toBeDefined()
})
