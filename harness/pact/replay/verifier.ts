import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Callback, FromVerifier, ToVerifier, VerifierResult, VerifyRequest } from './verifier-protocol.ts'

/** A running Pact Verifier. One run at a time. */
export type PactVerifier = AsyncDisposable &
  Readonly<{
    /** Replays a pact; `answer` is asked for states and messages as they are needed. Throws Error where Pact itself fails. */
    verify: (request: VerifyRequest, answer: (callback: Callback) => Promise<unknown>) => Promise<VerifierResult>
  }>

const main = fileURLToPath(new URL('verifier-process.ts', import.meta.url))

/** Starts the Pact Verifier in a process of its own; it ends with the process that started it. */
export async function startVerifier(): Promise<PactVerifier> {
  const { NODE_OPTIONS: _forJest, ...env } = process.env
  const child = fork(main, [], {
    execArgv: ['--disable-warning=DEP0060'],
    env,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  const output = lastLines(child)
  const failure = failed(child, output)
  // Whoever waits for the process meets the failure; where nobody waits, its end is no failure.
  failure.catch(() => undefined)
  await Promise.race([ready(child), failure])
  return {
    verify: (request, answer) => Promise.race([run(child, request, answer), failure]),
    async [Symbol.asyncDispose]() {
      if (child.exitCode !== null || child.signalCode !== null) return
      const exit = once(child, 'exit')
      child.kill('SIGKILL')
      await exit
    },
  }
}

async function ready(child: ChildProcess): Promise<void> {
  await once(child, 'message')
}

async function failed(child: ChildProcess, output: () => string): Promise<never> {
  const [code, signal] = (await once(child, 'exit')) as [number | null, string | null]
  throw new Error(`the Pact Verifier ended with ${code ?? signal}: ${output()}`)
}

function lastLines(child: ChildProcess): () => string {
  let text = ''
  const take = (chunk: Buffer): void => void (text = (text + chunk.toString('utf8')).slice(-4000))
  child.stdout?.on('data', take)
  child.stderr?.on('data', take)
  return () => text
}

function run(
  child: ChildProcess,
  request: VerifyRequest,
  answer: (callback: Callback) => Promise<unknown>,
): Promise<VerifierResult> {
  const send = (message: ToVerifier): void => void child.send(message)
  return new Promise((resolve, reject) => {
    function onMessage(message: FromVerifier): void {
      switch (message.kind) {
        case 'ready':
          return
        case 'callback':
          answer(message.callback).then(
            (value) => send({ kind: 'answer', call: message.call, value }),
            (error: Error) => send({ kind: 'failure', call: message.call, message: error.message }),
          )
          return
        case 'verified':
          child.off('message', onMessage)
          return resolve(message.result)
        case 'crashed':
          child.off('message', onMessage)
          return reject(new Error(message.message))
      }
    }
    child.on('message', onMessage)
    send({ kind: 'verify', request })
  })
}
