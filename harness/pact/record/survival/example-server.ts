import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http'
import { WebSocketServer } from 'ws'
import { closeServer, listenOnLoopback, SocketSet } from '#harness/stack/proxy/socket-set.ts'
import type { ExpectedRequest } from '../expected-request.ts'
import { playConversation, refuseUpgrade } from '../play-conversation.ts'
import { playEvents } from '../play-events.ts'
import { bodyOf, requestProblems } from '../request-problems.ts'
import type { Example } from './example-of.ts'

/** A provider that answers as one recording has it. `problems` are requests that the recording does not have. */
export type ExampleServer = AsyncDisposable & Readonly<{ url: string; problems: () => readonly string[] }>

/**
 * Starts a provider that plays a recorded example as often as it is called, and calls nothing a mistake but a request
 * that is not the recorded one: a consumer that meets a fault calls once more, or not at all. A stream whose events have
 * ids is taken up where Last-Event-ID says.
 */
export async function startExampleServer(example: Example): Promise<ExampleServer> {
  const problems = new Set<string>()
  const sockets = new SocketSet()
  const server = createServer(listener(example, problems))
  server.on('connection', (socket) => sockets.add(socket))
  takeUpgrades(server, example, problems)
  const port = await listenOnLoopback(server, { what: 'The example server', port: 0 })
  return {
    url: `http://127.0.0.1:${port}`,
    problems: () => [...problems],
    [Symbol.asyncDispose]: () => closeServer(server, sockets),
  }
}

function listener({ request: expected, answer }: Example, problems: Set<string>): RequestListener {
  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const found = requestProblems(withoutResumption(expected), request, await bodyOf(request))
    if (found.length > 0) return refuse(response, found)
    switch (answer.kind) {
      case 'reply':
        return void response.writeHead(answer.status, { ...answer.headers }).end(answer.body)
      case 'events': {
        await playEvents(response, eventsAfter(request.headers['last-event-id'], answer.events))
        if (answer.ends) response.end()
        return
      }
      case 'conversation':
      case 'refusal':
        return refuse(response, ['a plain request where the recording has an upgrade'])
      default:
        answer satisfies never
    }
  }
  function refuse(response: ServerResponse, found: readonly string[]): void {
    for (const problem of found) problems.add(problem)
    response.writeHead(500, { 'content-type': 'application/json' }).end(JSON.stringify({ problems: found }))
  }
  return (request, response) =>
    void handle(request, response).catch((error: unknown) => response.destroy(error as Error))
}

function takeUpgrades(server: Server, { request: expected, answer }: Example, problems: Set<string>): void {
  const upgrades = new WebSocketServer({ noServer: true, handleProtocols: () => false })
  server.on('upgrade', (request, socket, head) => {
    const found = requestProblems(expected, request)
    for (const problem of found) problems.add(problem)
    if (answer.kind === 'refusal') return refuseUpgrade(socket, answer)
    if (answer.kind !== 'conversation' || found.length > 0)
      return refuseUpgrade(socket, { status: 500, body: { problems: found } })
    upgrades.handleUpgrade(request, socket, head, (client) => {
      void playConversation(client, answer.steps, (problem) => void problems.add(problem))
    })
  })
}

/** Whether it is a first call or one that resumes is the client's to decide here. */
function withoutResumption(expected: ExpectedRequest): ExpectedRequest {
  const { 'last-event-id': _resumption, ...headers } = expected.headers
  return { ...expected, headers }
}

type Events = Extract<Example['answer'], { kind: 'events' }>['events']

function eventsAfter(id: string | string[] | undefined, events: Events): Events {
  return id === undefined ? events : events.slice(events.findIndex((event) => event.id === id) + 1)
}
