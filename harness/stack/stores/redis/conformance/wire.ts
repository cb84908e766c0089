import { once } from 'node:events'
import { connect } from 'node:net'
import { Redis } from 'ioredis'

/** A connection to the Redis server under test, as the conformance cases see it. */
export type Wire = AsyncDisposable & {
  client: Redis
  /** Sends a command and returns the answer as ioredis reads it. */
  call(...words: (string | number)[]): Promise<unknown>
  /** Sends a command that must be refused and returns the error's text. */
  refusal(...words: (string | number)[]): Promise<string>
  /** Opens a connection beside this one. It ends with its scope. */
  another(): Promise<Wire>
  /** Sends bytes to the server on a connection of their own and returns what it answers until it hangs up, as text. */
  exchange(bytes: string): Promise<string>
}

/** A case has a sentence for a name and asserts with `expect`. It finds the server empty. */
export type ConformanceCases = Readonly<Record<string, (redis: Wire) => Promise<void>>>

/** Connects to the server under test with RESP2, without retries. */
export async function openWire(url: string): Promise<Wire> {
  const client = new Redis(url, { lazyConnect: true, retryStrategy: null, protocol: 2 })
  client.on('error', () => {}) // the command that fails tells
  await client.connect()
  return {
    client,
    call: (...words) => send(client, words),
    refusal: (...words) => refusal(client, words),
    another: () => openWire(url),
    exchange: (bytes) => exchange(url, bytes),
    [Symbol.asyncDispose]: async () => client.disconnect(),
  }
}

function send(client: Redis, [name = '', ...args]: (string | number)[]): Promise<unknown> {
  return client.call(String(name), args)
}

async function refusal(client: Redis, words: (string | number)[]): Promise<string> {
  const answer = await send(client, words).then(
    (value) => ({ value }),
    (error: Error) => error.message,
  )
  if (typeof answer === 'string') return answer
  throw new Error(`${words.join(' ')} was not refused but answered ${JSON.stringify(answer.value)}.`)
}

async function exchange(url: string, bytes: string): Promise<string> {
  const { hostname, port, password } = new URL(url)
  const socket = connect(Number(port), hostname)
  await once(socket, 'connect')
  if (password !== '') {
    socket.write(`AUTH ${password}\r\n`)
    await once(socket, 'data')
  }
  let answer = ''
  socket.setEncoding('latin1').on('data', (part: string) => (answer += part))
  socket.write(bytes, 'latin1')
  await once(socket, 'close')
  return answer
}
