import { connect } from 'node:net'
import type { LoadRequest, LoadResult } from './load.ts'

// A generator of load where there is no wrk. It knows just as much of HTTP as it needs: replies with a Content-Length.

type Plan = LoadRequest & Readonly<{ connections: number; seconds: number }>

const plan = JSON.parse(process.argv[2] ?? '') as Plan
const target = new URL(plan.url)
const message = messageOf(plan)
const ends = performance.now() + plan.seconds * 1000
const counts = { count: 0, failed: 0 }

function messageOf({ method, json, headers = {} }: Plan): Buffer {
  const body = json === undefined ? '' : JSON.stringify(json)
  const type = json === undefined ? '' : 'content-type: application/json\r\n'
  const length = body === '' ? '' : `content-length: ${Buffer.byteLength(body)}\r\n`
  const own = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  const path = `${target.pathname}${target.search}`
  return Buffer.from(`${method} ${path} HTTP/1.1\r\nhost: ${target.host}\r\n${type}${length}${own.join('')}\r\n${body}`)
}

function ask(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const socket = connect(Number(target.port), target.hostname, () => socket.write(message))
  let text = ''
  socket.setNoDelay().on('data', (chunk) => {
    text += chunk.toString('latin1')
    const head = text.indexOf('\r\n\r\n')
    const length = Number(/\r\ncontent-length: (\d+)/i.exec(text)?.[1])
    if (head < 0 || text.length < head + 4 + length) return
    counts.count++
    if (!text.startsWith('HTTP/1.1 2')) counts.failed++
    text = ''
    if (performance.now() < ends) socket.write(message)
    else socket.end()
  })
  socket.once('close', resolve).once('error', () => counts.failed++)
  return promise
}

const started = performance.now()
await Promise.all(Array.from({ length: plan.connections }, ask))
const perSecond = counts.count / ((performance.now() - started) / 1000)
process.stdout.write(JSON.stringify({ perSecond, ...counts } satisfies LoadResult))
