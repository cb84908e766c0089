import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

/** What is asked for again and again. */
export type LoadRequest = Readonly<{
  method: 'GET' | 'POST'
  url: string
  json?: unknown
  headers?: Readonly<Record<string, string>>
}>

export type LoadOptions = Readonly<{ connections?: number; seconds: number }>

/** Requests a second, how many there were, and how many were not answered with 2xx. */
export type LoadResult = Readonly<{ perSecond: number; count: number; failed: number }>

const run = promisify(execFile)

/** Whether wrk is installed; its own load is lighter than that of our generator. */
export async function loadGenerator(): Promise<'wrk' | 'bench/support/load-process.ts'> {
  // It says its version, and that this is wrong.
  const version = await run('wrk', ['-v']).catch((error: { stdout?: string }) => error)
  return version.stdout?.startsWith('wrk') ? 'wrk' : 'bench/support/load-process.ts'
}

/** Sends a request over some connections for some seconds, each as soon as the one before it is answered. */
export async function load(request: LoadRequest, { connections = 32, seconds }: LoadOptions): Promise<LoadResult> {
  if ((await loadGenerator()) === 'wrk') return loadByWrk(request, connections, seconds)
  const file = fileURLToPath(new URL('load-process.ts', import.meta.url))
  const { stdout } = await run(process.execPath, [file, JSON.stringify({ ...request, connections, seconds })])
  return JSON.parse(stdout) as LoadResult
}

async function loadByWrk(request: LoadRequest, connections: number, seconds: number): Promise<LoadResult> {
  const folder = await mkdtemp(join(tmpdir(), 'concordat-load-'))
  try {
    const script = join(folder, 'request.lua')
    await writeFile(script, luaOf(request))
    const args = ['-t1', `-c${connections}`, `-d${seconds}s`, '-s', script, request.url]
    const { stdout } = await run('wrk', args)
    return {
      perSecond: Number(/Requests\/sec:\s+([\d.]+)/.exec(stdout)?.[1]),
      count: Number(/(\d+) requests in/.exec(stdout)?.[1]),
      failed: Number(/Non-2xx or 3xx responses: (\d+)/.exec(stdout)?.[1] ?? 0),
    }
  } finally {
    await rm(folder, { recursive: true })
  }
}

function luaOf({ method, json, headers = {} }: LoadRequest): string {
  const own = Object.entries(headers).map(([name, value]) => `wrk.headers["${name}"] = [[${value}]]\n`)
  const body = json === undefined ? '' : `wrk.body = [[${JSON.stringify(json)}]]\n`
  const type = json === undefined ? '' : `wrk.headers["content-type"] = "application/json"\n`
  return `wrk.method = "${method}"\n${body}${type}${own.join('')}`
}
