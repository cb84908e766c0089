import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Verifier } from '@pact-foundation/pact'
import type { PactFile } from '../file/pact-file.ts'
import type { Callback, FromVerifier, ToVerifier, VerifierResult, VerifyRequest } from './verifier-protocol.ts'

// The main module of the process that runs the Pact Verifier. A process of its own: Pact's native part prints to standard
// output past Node, and a crash of it must not take the tests along.

process.env['PACT_DO_NOT_TRACK'] = 'true'

type Waiting = Readonly<{ resolve: (value: unknown) => void; reject: (error: Error) => void }>

const waiting = new Map<number, Waiting>()
let calls = 0

function send(message: FromVerifier): void {
  process.send?.(message)
}

function ask(callback: Callback): Promise<unknown> {
  const call = ++calls
  return new Promise((resolve, reject) => {
    waiting.set(call, { resolve, reject })
    send({ kind: 'callback', call, callback })
  })
}

async function verify(request: VerifyRequest): Promise<VerifierResult> {
  const folder = await mkdtemp(join(tmpdir(), 'concordat-replay-'))
  const file = join(folder, 'pact.json')
  try {
    await writeFile(file, JSON.stringify(request.pact))
    return await runVerifier(request, file)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function runVerifier({ pact, baseUrl, timeoutMs, states }: VerifyRequest, file: string): Promise<VerifierResult> {
  const stateHandlers = states.map((name) => {
    // A failure is told to the harness, which makes it red: Pact itself would go on as if the state were set up.
    return [
      name,
      (params?: unknown) => ask({ ask: 'state', name, params: (params ?? {}) as Record<string, unknown> }),
    ] as const
  })
  const verifier = new Verifier({
    provider: pact.provider.name,
    providerBaseUrl: baseUrl,
    pactUrls: [file],
    logLevel: 'error',
    timeout: timeoutMs,
    beforeEach: async () => void (await ask({ ask: 'begin' })),
    stateHandlers: Object.fromEntries(stateHandlers) as never,
    messageProviders: messageProviders(pact) as never,
  })
  const text = await verifier.verifyProvider().catch((error: Error) => error.message)
  return parseResult(text)
}

function messageProviders(pact: PactFile): Record<string, () => Promise<unknown>> {
  const descriptions = pact.interactions
    .filter(({ type }) => type === 'Synchronous/Messages')
    .map(({ description }) => description)
  return Object.fromEntries(
    descriptions.map((description) => [description, () => ask({ ask: 'message', description })]),
  )
}

function parseResult(text: unknown): VerifierResult {
  try {
    return JSON.parse(String(text)) as VerifierResult
  } catch {
    throw new Error(`the Pact Verifier gave no result: ${String(text)}`)
  }
}

process.on('message', (message: ToVerifier) => {
  switch (message.kind) {
    case 'verify':
      verify(message.request).then(
        (result) => send({ kind: 'verified', result }),
        (error: Error) => send({ kind: 'crashed', message: error.message }),
      )
      return
    case 'answer':
      waiting.get(message.call)?.resolve(message.value)
      return
    case 'failure':
      waiting.get(message.call)?.reject(new Error(message.message))
  }
})
// The proxy in front of the provider throws past its caller where a provider breaks a connection. The Verifier then misses
// an answer, which is all that has to be known.
process.on('uncaughtException', (error) => process.stderr.write(`${error.message}\n`))
// Whoever started this process is gone.
process.on('disconnect', () => process.exit(0))
send({ kind: 'ready' })
