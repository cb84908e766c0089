import { randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Expectation } from './expectation.ts'
import type { OpenRecording } from './write-pact.ts'

/** The variable that says where recordings of a run are opened. */
export const recorderVariable = 'CONCORDAT_RECORDER'

/** Opens recordings for the tests of a run. */
export type RecorderService = AsyncDisposable & Readonly<{ address: string; stop: () => Promise<void> }>

/**
 * Starts the recorder of a run, on loopback. Pact's native part is loaded once, by the first recording, and not by each
 * test file: that takes a fifth of a second each time, and it complains about its second start in a process.
 * POST an expectation to `/open`: the answer is `{ id, url }`. POST to `/finish/<id>` when the consumer is through: 200, or
 * 422 with what was wrong.
 */
export async function startRecorderService(): Promise<RecorderService> {
  const open = new Map<string, OpenRecording>()
  const secret = randomBytes(16).toString('hex')
  // A busy worker may come back to its connection after longer than any usual time: it is never closed under its hands.
  const server = createServer({ keepAliveTimeout: 0 }, (request, response) => {
    handle(request, secret, open).then(
      (body) => response.end(JSON.stringify(body)),
      (error: Error) => response.writeHead(422).end(error.message),
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  server.unref()
  async function stop(): Promise<void> {
    server.closeAllConnections()
    server.close()
    // A consumer that never finished: its mock server is closed, its words do not matter any more.
    await Promise.allSettled([...open.values()].map((recording) => recording.finish()))
  }
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/${secret}`
  return { address, stop, [Symbol.asyncDispose]: stop }
}

async function handle(request: IncomingMessage, secret: string, open: Map<string, OpenRecording>): Promise<unknown> {
  const [, given, action, id = ''] = (request.url ?? '').split('/')
  if (given !== secret) throw new Error('this is not the recorder that you look for.')
  if (action === 'finish') {
    const recording = open.get(id)
    open.delete(id)
    await recording?.finish()
    return {}
  }
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  // Loaded by the first recording: a run that records nothing does without.
  const { openRecording } = await import('./write-pact.ts')
  const recording = await openRecording(JSON.parse(Buffer.concat(chunks).toString('utf8')) as Expectation)
  const made = randomBytes(8).toString('hex')
  open.set(made, recording)
  return { id: made, url: recording.url }
}
