import { once } from 'node:events'
import { readdirSync, readlinkSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { basename } from 'node:path'
import { processIds, readIfThere } from './proc.ts'

const LISTENING = '0A' // the socket state in /proc/net/tcp

const PORT_ATTEMPTS = 3
const IN_USE = /address already in use|EADDRINUSE|port \d+ is in use/i
const handedOut = new Set<number>()

/** A port on 127.0.0.1 that nobody listens on now, never the same twice. Take it soon: nothing reserves it. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = await unusedPort()
    if (handedOut.has(port)) continue
    handedOut.add(port)
    return port
  }
}

/**
 * Starts something that must be told its port. Another process may take a free port in between: then another port is
 * tried, three in all.
 * @param first the port to try first, such as one that was had before
 */
export async function onFreePort<Started>(start: (port: number) => Promise<Started>, first?: number): Promise<Started> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await start(attempt === 1 && first !== undefined ? first : await freePort())
    } catch (error) {
      if (attempt === PORT_ATTEMPTS || !(error instanceof Error) || !IN_USE.test(error.message)) throw error
    }
  }
}

async function unusedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new TypeError('A TCP server has no port of its own.')
  return address.port
}

/** Host and port that an http or https URL names; an IPv6 address without its brackets. */
export function addressOf(url: string): { host: string; port: number } {
  const { hostname, port, protocol } = new URL(url)
  return { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port) || (protocol === 'https:' ? 443 : 80) }
}

/** Whether something accepts TCP connections there, asked by making one. Resolves to the reason when nothing does. */
export function connectFailure(port: number, host = '127.0.0.1', timeoutMs = 1_000): Promise<string | undefined> {
  const { promise, resolve } = Promise.withResolvers<string | undefined>()
  const socket = connect({ port, host, timeout: timeoutMs })
  socket.on('connect', () => resolve(undefined))
  socket.on('timeout', () => resolve(`no answer from ${host}:${port} within ${timeoutMs / 1_000} s`))
  socket.on('error', (error: NodeJS.ErrnoException) => resolve(`${error.code ?? error.message} at ${host}:${port}`))
  return promise.finally(() => socket.destroy())
}

/** Who listens on a TCP port of this machine, as `node (pid 123)`. Undefined where that cannot be known (not Linux, not ours). */
export function portOwner(port: number): string | undefined {
  if (process.platform !== 'linux') return undefined
  const sockets = new Set(['/proc/net/tcp', '/proc/net/tcp6'].flatMap((table) => listeningSockets(table, port)))
  const pid = sockets.size === 0 ? undefined : processIds().find((id) => holdsOneOf(id, sockets))
  return pid === undefined ? undefined : `${programOf(pid)} (pid ${pid})`
}

/** The inodes of the sockets that listen on a port. Columns: number, local, remote, state, queues, timer, …, uid, …, inode. */
function listeningSockets(table: string, port: number): string[] {
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`
  return readIfThere(table)
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([, local, , state]) => state === LISTENING && local?.endsWith(suffix))
    .map((columns) => `socket:[${columns[9]}]`)
}

function holdsOneOf(pid: string, sockets: ReadonlySet<string>): boolean {
  try {
    return readdirSync(`/proc/${pid}/fd`).some((fd) => sockets.has(linkTarget(`/proc/${pid}/fd/${fd}`)))
  } catch {
    return false // another user's process, or it has just ended
  }
}

/** The program's file name. Not /proc/PID/comm: Node calls its main thread "MainThread" there. */
function programOf(pid: string): string {
  const [program = ''] = readIfThere(`/proc/${pid}/cmdline`).split('\0')
  return basename(program) || readIfThere(`/proc/${pid}/comm`).trim()
}

function linkTarget(link: string): string {
  try {
    return readlinkSync(link)
  } catch {
    return '' // closed while we looked
  }
}
