import { get as httpGet } from 'node:http'
import { get as httpsGet } from 'node:https'
import { setTimeout as delay } from 'node:timers/promises'
import { addressOf, connectFailure } from './ports.ts'
import type { ProcessLog } from './process-log.ts'

/**
 * What tells that a process can be used.
 * - `http`: the URL answers with `status`, or with any 2xx when no status is given
 * - `log`: a line of either stream matches
 * - `port`: something accepts TCP connections (on 127.0.0.1 unless told)
 */
export type Readiness =
  | { kind: 'http'; url: string; status?: number }
  | { kind: 'log'; pattern: RegExp }
  | { kind: 'port'; port: number; host?: string }

const POLL_MS = 25
const REQUEST_TIMEOUT_MS = 1_000

/** Waits until a process is ready. Rejects, when the signal aborts, with an Error that says what was seen last. */
export function untilReady(ready: Readiness, log: ProcessLog, signal: AbortSignal): Promise<void> {
  switch (ready.kind) {
    case 'http':
      return poll(() => httpFailure(ready.url, ready.status), signal)
    case 'log':
      return untilLine(ready.pattern, log, signal)
    case 'port':
      return poll(() => connectFailure(ready.port, ready.host), signal)
    default:
      return ready satisfies never
  }
}

/** The local address that the process is going to listen on, as far as its readiness tells. */
export function expectedAddress(ready: Readiness): { host: string; port: number } | undefined {
  if (ready.kind === 'log') return undefined
  if (ready.kind === 'port') return { host: ready.host ?? '127.0.0.1', port: ready.port }
  return addressOf(ready.url)
}

async function poll(findFailure: () => Promise<string | undefined>, signal: AbortSignal): Promise<void> {
  for (;;) {
    const failure = await findFailure()
    if (failure === undefined) return
    if (!signal.aborted) await delay(POLL_MS, undefined, { signal }).catch(() => {})
    if (signal.aborted) throw new Error(failure)
  }
}

function httpFailure(url: string, status: number | undefined): Promise<string | undefined> {
  const { promise, resolve } = Promise.withResolvers<string | undefined>()
  const get = url.startsWith('https:') ? httpsGet : httpGet
  const request = get(url, { agent: false, timeout: REQUEST_TIMEOUT_MS }, (response) => {
    response.resume()
    const got = response.statusCode ?? 0
    const isReady = status === undefined ? got >= 200 && got < 300 : got === status
    resolve(isReady ? undefined : `GET ${url} answered ${got}, not ${status ?? '2xx'}`)
  })
  request.on('timeout', () => request.destroy(new Error(`no answer within ${REQUEST_TIMEOUT_MS / 1000} s`)))
  request.on('error', (error: NodeJS.ErrnoException) =>
    resolve(`GET ${url} failed with ${error.code ?? error.message}`),
  )
  return promise
}

function untilLine(pattern: RegExp, log: ProcessLog, signal: AbortSignal): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const stateless = new RegExp(pattern.source, pattern.flags.replace(/[gy]/g, ''))
  const look = (line: string): void => {
    if (stateless.test(line)) resolve()
  }
  const stop = log.onLine(look)
  log.tail().forEach(look)
  signal.addEventListener('abort', () => reject(new Error(`no line matched ${pattern}`)), { once: true })
  return promise.finally(stop)
}
