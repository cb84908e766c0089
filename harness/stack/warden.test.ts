import { execFile, spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import { Worker } from 'node:worker_threads'
import { groupIsAlive, signalGroup } from './process-group.ts'
import { describeWhen } from './testing/describe-when.ts'
import { makeDirectory, wardens } from './testing/doomed-harness.ts'
import { eventually } from './testing/eventually.ts'
import { IDLE, STUBBORN, nodeArgs } from './testing/scripts.ts'
import { guardDirectory } from './warden.ts'

const run = promisify(execFile)
const withoutProc = process.platform === 'linux' ? undefined : 'processes are looked at in /proc, as Linux has it'
const wardenModule = new URL('warden.ts', import.meta.url).href
const harnessModule = new URL('testing/doomed-harness.ts', import.meta.url).href

/** A process group whose second member does what the code says. */
const parentOf = (code: string): string => `
  const { spawn } = require('node:child_process')
  spawn(process.execPath, ['--eval', ${JSON.stringify(code)}], { stdio: ['ignore', 'inherit', 'ignore'] })
  setInterval(() => {}, 1e6)`

function harnessArgs(code: string): string[] {
  return nodeArgs(`
    import { expectProcess, guardDirectory, guardProcess } from '${wardenModule}'
    import { makeDirectory, say, startGroup, stayAlive, wardens } from '${harnessModule}'
    ${code}`)
}

/** Starts a harness of its own process and reads the line it says. */
async function startHarness<Said>(code: string): Promise<{ said: Said; harness: ChildProcess }> {
  const harness = spawn(process.execPath, harnessArgs(code), { stdio: ['ignore', 'pipe', 'inherit'] })
  for await (const line of createInterface({ input: harness.stdout }))
    return { said: JSON.parse(line) as Said, harness }
  throw new Error('The harness said nothing.')
}

test('after kill -9 of the harness its processes, their children and its directories are gone within 5 s', async () => {
  const { said, harness } = await startHarness<{ groups: number[]; directories: string[] }>(`
    const groups = [
      await startGroup(${JSON.stringify(parentOf(IDLE))}),
      await startGroup(${JSON.stringify(parentOf(STUBBORN))}),
    ]
    const directories = [makeDirectory(), makeDirectory()]
    groups.forEach((pid) => guardProcess(pid))
    directories.forEach((path) => guardDirectory(path))
    say({ groups, directories })
    stayAlive()`)
  expect(said.groups.map((pid) => groupIsAlive(pid))).toEqual([true, true])
  expect(said.directories.map((path) => existsSync(path))).toEqual([true, true])

  harness.kill('SIGKILL')

  const nothingLeft = (): boolean =>
    !said.groups.some((pid) => groupIsAlive(pid)) && !said.directories.some((path) => existsSync(path))
  await eventually('nothing is left', nothingLeft, 5_000)
}, 15_000)

test('a harness that ends without stopping its processes leaves none either', async () => {
  const { said } = await startHarness<{ group: number }>(`
    const group = await startGroup(${JSON.stringify(IDLE)})
    guardProcess(group)
    say({ group })
    process.exit(0)`)
  await eventually('the group is gone', () => !groupIsAlive(said.group))
})

test('what was released is left alone', async () => {
  const { said, harness } = await startHarness<{ released: number; guarded: string; kept: string }>(`
    const released = await startGroup(${JSON.stringify(IDLE)})
    const [guarded, kept] = [makeDirectory(), makeDirectory()]
    guardProcess(released).release()
    guardDirectory(guarded)
    { using _ = guardDirectory(kept) }
    say({ released, guarded, kept })
    stayAlive()`)
  using _ = guardDirectory(said.kept)
  harness.kill('SIGKILL')
  await eventually('the guarded directory is gone', () => !existsSync(said.guarded))
  expect({ process: groupIsAlive(said.released), directory: existsSync(said.kept) }).toEqual({
    process: true,
    directory: true,
  })
  signalGroup(said.released, 'SIGKILL')
  await rm(said.kept, { recursive: true })
})

test('the warden keeps neither the event loop nor the output of the harness open', async () => {
  const code = `
    guardDirectory(makeDirectory())
    const [warden] = wardens()
    process.kill(warden, 'SIGSTOP') // it cannot end now, so whatever it holds stays held
    say({ warden })`
  const pipeline = ['-c', '"$@" 2>&1 | cat', 'sh', process.execPath, ...harnessArgs(code)]

  const { stdout } = await run('sh', pipeline, { timeout: 4_000 })

  const { warden } = JSON.parse(stdout) as { warden: number }
  expect(groupIsAlive(warden)).toBe(true)
  signalGroup(warden, 'SIGCONT')
  await eventually('the warden has ended', () => !groupIsAlive(warden))
})

test('copies of the module in one process share one warden', async () => {
  const { said, harness } = await startHarness<number[]>(`
    const copy = await import('${wardenModule}?copy')
    guardDirectory(makeDirectory())
    copy.guardDirectory(makeDirectory())
    say(wardens())
    stayAlive()`)
  harness.kill('SIGKILL')
  expect(said).toHaveLength(1)
})

test('inside a Jest worker the warden is the child of the worker', async () => {
  using _ = guardDirectory('/nothing/to/delete')
  await eventually('this process has one warden', () => wardens().length === 1)
})

test('a warden that was killed is replaced, and the new one knows everything', async () => {
  const { said, harness } = await startHarness<{ directory: string; first: number; second: number }>(`
    const directory = makeDirectory()
    guardDirectory(directory)
    const [first] = wardens()
    process.kill(first, 'SIGKILL')
    let second
    while ((second = wardens()[0]) === undefined || second === first) await new Promise(setImmediate)
    say({ directory, first, second })
    stayAlive()`)
  expect(said.second).not.toBe(said.first)
  harness.kill('SIGKILL')
  await eventually('the directory is gone', () => !existsSync(said.directory))
})

test('a worker thread has a warden of its own, which acts when the thread ends', async () => {
  const directory = makeDirectory()
  const code = `
    import { parentPort } from 'node:worker_threads'
    import { guardDirectory } from '${wardenModule}'
    guardDirectory(${JSON.stringify(directory)})
    parentPort.postMessage('guarded')
    setInterval(() => {}, 1e6)`
  const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(code)}`))
  await new Promise((resolve) => worker.once('message', resolve))
  expect(existsSync(directory)).toBe(true)
  await worker.terminate()
  await eventually('the directory is gone', () => !existsSync(directory))
})

test('a forked harness ends, and all it has, when the process that forked it is killed', async () => {
  const forked = harnessArgs(`
    const directory = makeDirectory()
    guardDirectory(directory)
    process.on('disconnect', () => {}) // it hangs, and does not care
    say({ directory, pid: process.pid })
    stayAlive()`)
  const { said, harness: owner } = await startHarness<{ directory: string; pid: number }>(`
    import { spawn } from 'node:child_process'
    spawn(process.execPath, ${JSON.stringify(forked)}, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'], detached: true })`)
  expect(groupIsAlive(said.pid)).toBe(true)

  owner.kill('SIGKILL')

  await eventually('the forked harness has ended', () => !groupIsAlive(said.pid))
  await eventually('its directory is gone', () => !existsSync(said.directory))
})

test('what a forked harness still orders, after the process that forked it was killed, is done', async () => {
  const forked = harnessArgs(`
    const directory = makeDirectory()
    guardDirectory(makeDirectory()) // there is a warden
    process.on('disconnect', () => {})
    process.on('SIGTERM', () => {
      guardDirectory(directory)
      process.exit()
    })
    say({ directory, pid: process.pid })
    stayAlive()`)
  const { said, harness: owner } = await startHarness<{ directory: string; pid: number }>(`
    import { spawn } from 'node:child_process'
    spawn(process.execPath, ${JSON.stringify(forked)}, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'], detached: true })`)
  owner.kill('SIGKILL')
  await eventually('the forked harness has ended', () => !groupIsAlive(said.pid))
  await eventually('its directory is gone', () => !existsSync(said.directory))
})

describeWhen(withoutProc, 'when its harness was killed before it could tell the pid', () => {
  test('a process is ended', async () => {
    const { said, harness } = await startHarness<{ born: number }>(`
      import { spawn } from 'node:child_process'
      import { once } from 'node:events'
      const expected = expectProcess('SIGTERM')
      const child = spawn(process.execPath, ['--eval', ${JSON.stringify(IDLE)}], {
        detached: true,
        env: { ...process.env, ...expected.env },
        stdio: ['ignore', 'pipe', 'ignore'],
      })
      await once(child.stdout, 'data')
      say({ born: child.pid })
      stayAlive()`)
    expect(groupIsAlive(said.born)).toBe(true)
    harness.kill('SIGKILL')
    await eventually('the process has ended', () => !groupIsAlive(said.born))
  })
})

test('a path that must not be deleted is refused', () => {
  expect(() => guardDirectory('/')).toThrow('Cannot guard the directory /')
  expect(() => guardDirectory('relative')).toThrow('Give an absolute path of your own')
})
