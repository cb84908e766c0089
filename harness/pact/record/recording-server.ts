import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import type { AddressInfo } from 'node:net'
import { WebSocketServer } from 'ws'
import type { ExpectedRequest } from './expected-request.ts'
import { playConversation, refuseUpgrade, type ScriptedStep } from './play-conversation.ts'
import { frameDelayMs, playEvents, type ScriptedEvent } from './play-events.ts'
import { bodyOf, requestProblems } from './request-problems.ts'

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

/** A provider for one recording. `problems` says what the consumer did otherwise than recorded, or left out. */
export type RecordingServer = AsyncDisposable & Readonly<{ url: string; problems: () => readonly string[] }>

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
    problems.push(...requestProblems(expected, request))
    if (script.kind !== 'ws') {
      state.finished = true
      return refuseUpgrade(socket, script.kind === 'refuse-upgrade' ? script : { status: 404, body: {} })
    }
    sockets.handleUpgrade(request, socket, head, (client) => {
      void playConversation(client, script.steps, (problem) => problems.push(problem)).then(
        (isThrough) => (state.finished = isThrough),
      )
    })
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
  await playEvents(response, isFirstOfTwo ? script.before : script.events)
  if (!isFirstOfTwo) state.finished = true
  await delay(frameDelayMs)
  if (isFirstOfTwo) return void response.destroy()
  if (script.ends) response.end()
}
