import { jsonOr } from '#harness/contract/json.ts'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import { WebSocketServer, type WebSocket } from 'ws'
import type { ExpectedRequest } from './expected-request.ts'

/** What the recording server answers with. */
export type Script =
  | Readonly<{
      kind: 'sse'
      events: readonly ScriptedEvent[]
      /** Sent on a first connection, which then breaks; only the second one is the one recorded. */
      before: readonly ScriptedEvent[]
      ends: boolean
    }>
  | Readonly<{ kind: 'ws'; steps: readonly ScriptedStep[] }>
  | Readonly<{ kind: 'refuse-upgrade'; status: number; body: unknown }>
  | Readonly<{ kind: 'preflight'; headers: Readonly<Record<string, string>> }>

export type ScriptedEvent = Readonly<{ event: string; data: unknown; id?: unknown }>
export type ScriptedStep = Readonly<{ send: string; data: unknown }> | Readonly<{ receive: string; data: unknown }>

/** A provider for one recording. `problems` says what the consumer did otherwise than recorded, or left out. */
export type RecordingServer = AsyncDisposable & Readonly<{ url: string; problems: () => readonly string[] }>

/** Milliseconds between frames, and between the two halves of a frame: real delays, so that a consumer cannot count on one read. */
const frameDelayMs = 2

/**
 * Starts a provider that checks the consumer's request and answers with the script, frame by frame with real delays,
 * frames cut in the middle. Pact's own mock server knows neither.
 */
export async function startRecordingServer(expected: ExpectedRequest, script: Script): Promise<RecordingServer> {
  const problems: string[] = []
  const state = { connections: 0, finished: false }
  const context: Context = { expected, script, problems, state }
  const server = createServer((request, response) => {
    void answerHttp(request, response, context).catch((error: unknown) => response.destroy(error as Error))
  })
  const sockets = new WebSocketServer({ noServer: true, handleProtocols: () => false })
  server.on('upgrade', (request, socket, head) => {
    state.connections++
    problems.push(...requestProblems(expected, request, undefined))
    if (script.kind !== 'ws') {
      const status = script.kind === 'refuse-upgrade' ? script.status : 404
      const body = JSON.stringify(script.kind === 'refuse-upgrade' ? script.body : {})
      state.finished = true
      socket.end(
        `HTTP/1.1 ${status} Refused\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
      )
      return
    }
    sockets.handleUpgrade(request, socket, head, (client) => void converse(client, script.steps, context))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    problems() {
      if (state.connections === 0) return ['the consumer called nothing']
      return state.finished || problems.length > 0 ? problems : ['the consumer left before all was sent and received']
    },
    async [Symbol.asyncDispose]() {
      const closed = new Promise((resolve) => server.close(resolve))
      for (const client of sockets.clients) client.terminate()
      server.closeAllConnections()
      await closed
    },
  }
}

type Context = Readonly<{
  expected: ExpectedRequest
  script: Script
  problems: string[]
  state: { connections: number; finished: boolean }
}>

async function answerHttp(request: IncomingMessage, response: ServerResponse, context: Context): Promise<void> {
  const { script, state, problems } = context
  const isFirstOfTwo = script.kind === 'sse' && script.before.length > 0 && state.connections === 0
  state.connections++
  const expected = isFirstOfTwo ? withoutResumption(context.expected) : context.expected
  const found = requestProblems(expected, request, await bodyOf(request))
  problems.push(...found)
  if (found.length > 0) {
    response.writeHead(500, { 'content-type': 'application/json' }).end(JSON.stringify({ problems: found }))
  } else if (script.kind === 'sse') {
    await sendEvents(response, script, { isFirstOfTwo, state })
  } else {
    state.finished = true
    response.writeHead(204, script.kind === 'preflight' ? script.headers : {}).end()
  }
}

function withoutResumption(expected: ExpectedRequest): ExpectedRequest {
  const { 'last-event-id': _resumption, ...headers } = expected.headers
  return { ...expected, headers }
}

type Sending = Readonly<{ isFirstOfTwo: boolean; state: Context['state'] }>

async function sendEvents(
  response: ServerResponse,
  script: Extract<Script, { kind: 'sse' }>,
  { isFirstOfTwo, state }: Sending,
): Promise<void> {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' })
  response.flushHeaders()
  for (const { event, data, id } of isFirstOfTwo ? script.before : script.events) {
    const frame = `${id === undefined ? '' : `id: ${String(id as string)}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`
    const half = Math.floor(frame.length / 2)
    for (const part of [frame.slice(0, half), frame.slice(half)]) {
      await delay(frameDelayMs)
      response.write(part)
    }
  }
  if (!isFirstOfTwo) state.finished = true
  await delay(frameDelayMs)
  if (isFirstOfTwo) return void response.destroy()
  if (script.ends) response.end()
}

async function converse(
  client: WebSocket,
  steps: readonly ScriptedStep[],
  { problems, state }: Context,
): Promise<void> {
  const waiting: string[] = []
  let wake: (() => void) | undefined
  client.on('message', (data: Buffer) => {
    waiting.push(data.toString('utf8'))
    wake?.()
  })
  client.on('close', () => wake?.())
  for (const step of steps) {
    if ('receive' in step) {
      await delay(frameDelayMs)
      client.send(JSON.stringify({ type: step.receive, data: step.data }))
      continue
    }
    while (waiting.length === 0 && client.readyState === client.OPEN)
      await new Promise<void>((resolve) => (wake = resolve))
    const got = waiting.shift()
    if (got === undefined) return
    const wanted = { type: step.send, data: step.data }
    if (!isDeepStrictEqual(jsonOr(got, got), wanted))
      problems.push(`sent ${got} where the recording has ${JSON.stringify(wanted)}`)
  }
  state.finished = true
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const text = Buffer.concat(chunks).toString('utf8')
  return text === '' ? undefined : jsonOr(text, text)
}

function requestProblems(expected: ExpectedRequest, request: IncomingMessage, body: unknown): string[] {
  const url = new URL(request.url ?? '/', 'http://recording')
  // Copied, as a list of another realm (Jest runs tests in one of their own) equals none of ours.
  const query = Object.fromEntries(
    [...new Set(url.searchParams.keys())].map((name) => [name, [...url.searchParams.getAll(name)]]),
  )
  const differences: string[] = []
  function compare(what: string, wanted: unknown, got: unknown): void {
    if (!isDeepStrictEqual(got, wanted))
      differences.push(`${what} is ${JSON.stringify(got)} where the recording has ${JSON.stringify(wanted)}`)
  }
  compare('method', expected.method, request.method)
  compare('path', expected.path, url.pathname)
  compare('query', expected.query, query)
  if (body !== undefined || expected.body !== undefined) compare('body', expected.body, body)
  for (const [name, header] of Object.entries(expected.headers)) {
    const got = request.headers[name]
    const fits =
      header.pattern === undefined
        ? got === header.value
        : typeof got === 'string' && new RegExp(header.pattern).test(got)
    if (!fits)
      differences.push(
        `header ${name} is ${JSON.stringify(got)} where the recording has ${header.pattern ?? header.value}`,
      )
  }
  return differences
}
