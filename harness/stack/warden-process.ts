/**
 * The warden: a process beside the harness that cleans up after it. It reads orders from stdin, one per line, and acts
 * when stdin ends, which the kernel guarantees however the harness ended, `kill -9` included.
 *
 *   watch <pid> <signal>         end this process group: the signal first, SIGKILL to what is left after 2 s
 *   expect <mark> <signal>       the same for a group whose pid is not known yet: CONCORDAT_BIRTH of its environment is the mark
 *   remove <directory>           delete it
 *   destroy <engine> <container> remove the container, with its volumes, from the Docker engine at this address
 *   dissolve <engine> <project> <discarded|kept>  remove what a Compose project has at the Docker engine at this address;
 *                                its volumes are discarded with it, or kept
 *   forget <one of the above>    it is gone already, or no longer ours
 *
 * Started as `node warden-process.ts <pid of the harness> [<pid of its owner>]`. When the owner is gone the harness is an
 * orphan: it is ended, and with its end stdin ends. Never before, as orders may still come in.
 */
import { rm } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { setTimeout as delay } from 'node:timers/promises'
import { birthVariable } from './birth-variable.ts'
import { processIds, readIfThere } from './proc.ts'
import { groupEnds, signalGroup } from './process-group.ts'
import { removeContainer, removeProject } from './stores/docker.ts'

const GRACE_MS = 2_000
const OWNER_POLL_MS = 500
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

const orders = new Set<string>()

function obey(line: string): void {
  if (line.startsWith('forget ')) orders.delete(line.slice('forget '.length))
  else orders.add(line)
}

/** The targets of all orders with this verb, each as the words that follow it. */
function targets(verb: string): string[] {
  return [...orders].filter((order) => order.startsWith(`${verb} `)).map((order) => order.slice(verb.length + 1))
}

async function endGroup(order: string): Promise<void> {
  const [pid, signal] = order.split(' ')
  signalGroup(Number(pid), signal as NodeJS.Signals)
  if (await groupEnds(Number(pid), GRACE_MS)) return
  signalGroup(Number(pid), 'SIGKILL')
  await groupEnds(Number(pid), GRACE_MS)
}

/** No child of the harness is still on its way to being itself: until then it holds the other end of our stdin. */
async function endExpected(order: string): Promise<void> {
  const [mark, signal] = order.split(' ')
  if (process.platform !== 'linux') return
  const born = processIds().filter((pid) => readIfThere(`/proc/${pid}/environ`).includes(`${birthVariable}=${mark}`))
  await Promise.all(born.map((pid) => endGroup(`${pid} ${signal}`)))
}

async function destroyContainer(order: string): Promise<void> {
  const [engine = '', container = ''] = order.split(' ')
  await removeContainer(engine, container)
}

async function dissolveProject(order: string): Promise<void> {
  const [engine = '', project = '', data] = order.split(' ')
  await removeProject(engine, project, data === 'kept' ? 'kept' : 'discarded')
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM' // somebody else's, but there
  }
}

function watchOwner(harness: number, owner: number): void {
  const poll = setInterval(() => {
    if (isRunning(owner)) return
    clearInterval(poll)
    void endHarness(harness)
  }, OWNER_POLL_MS)
}

async function endHarness(harness: number): Promise<void> {
  if (isRunning(harness)) process.kill(harness, 'SIGTERM')
  await delay(GRACE_MS)
  if (isRunning(harness)) process.kill(harness, 'SIGKILL')
}

async function cleanUp(): Promise<void> {
  // A Compose that still runs would go on making what is being removed.
  await Promise.allSettled([
    ...targets('watch').map(endGroup),
    ...targets('expect').map(endExpected),
    ...targets('destroy').map(destroyContainer),
  ])
  await Promise.allSettled(targets('dissolve').map(dissolveProject))
  const options = { recursive: true, force: true, maxRetries: 10, retryDelay: 50 }
  await Promise.allSettled(targets('remove').map((directory) => rm(directory, options)))
}

let finishing: Promise<void> | undefined
function finish(): void {
  finishing ??= cleanUp().finally(() => process.exit())
}

// The end of stdin is the only order to stop: whoever signals a whole session must not take the clean-up along.
for (const signal of SIGNALS) process.on(signal, () => {})

createInterface({ input: process.stdin }).on('line', obey).on('close', finish)
process.stdin.on('error', () => {}) // a broken pipe ends the input too, and `close` follows

const [, , harness, owner] = process.argv
if (owner !== undefined) watchOwner(Number(harness), Number(owner))
