import { connect } from 'node:net'
import { WebSocket } from 'ws'

// Opens many streams or channels at once and reads all that comes. Says how many events came and how long it took. Raw
// connections for streams, so that it takes less than what it measures.

/** What is to be opened: channels get as many messages as streams have events, each sent when the one before is back. */
export type StreamPlan = Readonly<{ kind: 'sse' | 'ws'; url: string; streams: number; events: number }>
export type StreamResult = Readonly<{ events: number; complete: number; milliseconds: number }>

const plan = JSON.parse(process.argv[2] ?? '') as StreamPlan
const target = new URL(plan.url)
const counts = { events: 0, complete: 0 }

function stream(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const socket = connect(Number(target.port), target.hostname)
  socket.write(`GET ${target.pathname}${target.search} HTTP/1.1\r\nhost: ${target.host}\r\n\r\n`)
  let rest = ''
  socket.on('data', (chunk) => {
    const text = rest + chunk.toString('latin1')
    counts.events += text.split('\nevent: ').length - 1
    // What may be the beginning of a name.
    rest = text.slice(text.lastIndexOf('\n'))
    if (!text.includes('0\r\n\r\n')) return
    counts.complete++
    socket.end()
  })
  socket.once('error', () => resolve()).once('close', () => resolve())
  return promise
}

function channel(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const socket = new WebSocket(plan.url.replace('http', 'ws'), { perMessageDeflate: false })
  let back = 0
  const say = (): void => socket.send(`{"type":"say","data":{"text":"message ${back}"}}`)
  socket.once('open', say).on('message', (data: Buffer) => {
    if (data.toString() !== `{"type":"said","data":{"text":"message ${back}"}}`) return socket.terminate()
    counts.events++
    if (++back < plan.events) return say()
    counts.complete++
    socket.close()
  })
  socket.once('error', () => resolve()).once('close', () => resolve())
  return promise
}

const began = performance.now()
await Promise.all(Array.from({ length: plan.streams }, plan.kind === 'sse' ? stream : channel))
const result: StreamResult = { ...counts, milliseconds: performance.now() - began }
process.stdout.write(JSON.stringify(result))
