import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { ownPath } from '../path-of.ts'
import { RawHeaders } from '../raw-headers.ts'
import { standFor } from '../stand-for.ts'
import type { Witness } from './witness.ts'

/** What stands in a URL as it is; anything else is for URL to normalise (RFC 3986 §6.2.2), as are dots behind a slash. */
const plainPath = /^\/[\w\-~!$&'()*+,;=:@./]*$/
const plainQuery = /^[\w\-~!$&()*+,;=:@%/.?]*$/
const plainHost = /^[a-z0-9.-]+(?::\d{1,5})?$/

/** A body that is read once, for all copies of a request. */
type SharedBody = { bytes: Promise<Buffer> | undefined }

/** Told of the parts of a body as they are read. */
type BodyWitness = Pick<Witness, 'asked'>

/**
 * A Request that came in on a port. To a handler it is like any other one. Most handlers look at little of it: the rest is
 * made when somebody asks for it.
 */
class PortRequest {
  readonly method: string
  readonly headers: RawHeaders
  readonly #incoming: IncomingMessage
  readonly #outgoing: ServerResponse | undefined
  readonly #witness: BodyWitness | undefined
  #url: string | undefined
  #abort: AbortController | undefined
  #shared: SharedBody | undefined
  #real: Request | undefined
  #isRead = false

  constructor(incoming: IncomingMessage, outgoing: ServerResponse | undefined, witness: BodyWitness | undefined) {
    this.method = incoming.method ?? 'GET'
    this.headers = new RawHeaders(incoming.rawHeaders)
    this.#incoming = incoming
    this.#outgoing = outgoing
    this.#witness = witness
  }

  get url(): string {
    return (this.#url ??= urlOf(this.#incoming, this.headers.get('host')))
  }

  get [ownPath](): string {
    const { path } = partsOf(this.#incoming)
    return isPlain(path) ? path : new URL(this.url).pathname
  }

  /** Aborted when the caller has gone before it was answered. */
  get signal(): AbortSignal {
    if (this.#abort) return this.#abort.signal
    const abort = new AbortController()
    this.#abort = abort
    const outgoing = this.#outgoing
    function left(): void {
      if (outgoing?.writableFinished === false) abort.abort(new Error('the caller has gone'))
    }
    if (outgoing?.closed) left()
    else outgoing?.once('close', left)
    return abort.signal
  }

  get body(): Request['body'] {
    return this.#hasBody ? this.#made().body : null
  }

  get bodyUsed(): boolean {
    return this.#isRead || (this.#real?.bodyUsed ?? false)
  }

  async arrayBuffer(): Promise<ArrayBuffer> {
    if (this.#real) return this.#real.arrayBuffer()
    const bytes = await this.#read()
    // A chunk may be a part of a larger buffer, which others use too.
    return new Uint8Array(bytes).buffer
  }

  async bytes(): Promise<Uint8Array<ArrayBuffer>> {
    return new Uint8Array(await this.arrayBuffer())
  }

  async text(): Promise<string> {
    return new TextDecoder().decode(await this.arrayBuffer())
  }

  async json(): Promise<unknown> {
    return JSON.parse(await this.text())
  }

  blob(): Promise<Blob> {
    return this.#made().blob()
  }

  formData(): ReturnType<Request['formData']> {
    return this.#made().formData()
  }

  clone(): Request {
    // Of a body that nobody knows the length of, each copy takes what it wants.
    if (this.#isRead || this.#real || this.headers.has('transfer-encoding')) return this.#made().clone()
    const copy = new PortRequest(this.#incoming, this.#outgoing, this.#witness)
    copy.#shared = this.#shared ??= { bytes: undefined }
    return copy as unknown as Request
  }

  get cache(): RequestCache {
    return this.#made().cache
  }

  get credentials(): RequestCredentials {
    return this.#made().credentials
  }

  get destination(): RequestDestination {
    return this.#made().destination
  }

  get integrity(): string {
    return this.#made().integrity
  }

  get keepalive(): boolean {
    return this.#made().keepalive
  }

  get mode(): RequestMode {
    return this.#made().mode
  }

  get redirect(): RequestRedirect {
    return this.#made().redirect
  }

  get referrer(): string {
    return this.#made().referrer
  }

  get referrerPolicy(): ReferrerPolicy {
    return this.#made().referrerPolicy
  }

  get duplex(): 'half' {
    return 'half'
  }

  get #hasBody(): boolean {
    if (this.method === 'GET' || this.method === 'HEAD') return false
    return this.headers.has('transfer-encoding') || Number(this.headers.get('content-length') ?? 0) > 0
  }

  async #read(): Promise<Buffer> {
    if (this.#isRead) throw new TypeError('Body is unusable: Body has already been read')
    this.#isRead = true
    if (!this.#hasBody) return Buffer.alloc(0)
    if (!this.#shared) return readAll(this.#incoming, this.#witness)
    return (this.#shared.bytes ??= readAll(this.#incoming, this.#witness))
  }

  /** The real one, which has the body from now on. */
  #made(): Request {
    if (this.#isRead) throw new TypeError('Body is unusable: Body has already been read')
    if (this.#real) return this.#real
    const { method, url, headers, signal } = this
    const body = this.#hasBody ? this.#stream() : null
    const init = { method, headers: headers.snapshot(), signal, body, duplex: 'half' }
    this.#real = new Request(url, init as RequestInit)
    return this.#real
  }

  #stream(): BodyInit {
    if (this.#shared) {
      const bytes = (this.#shared.bytes ??= readAll(this.#incoming, this.#witness))
      return streamOf(bytes)
    }
    const stream = Readable.toWeb(this.#incoming)
    this.#incoming.on('data', (chunk: Buffer) => this.#witness?.asked(chunk))
    return stream as unknown as BodyInit
  }
}

standFor(PortRequest.prototype, 'Request')

/** The Request of a message that came in; without a response its caller is not known to leave. */
export function portRequest(incoming: IncomingMessage, outgoing?: ServerResponse, witness?: BodyWitness): Request {
  return new PortRequest(incoming, outgoing, witness) as unknown as Request
}

function streamOf(bytes: Promise<Buffer>): BodyInit {
  return new ReadableStream({
    async pull(controller) {
      controller.enqueue(await bytes)
      controller.close()
    },
  })
}

function partsOf({ url: target = '/' }: IncomingMessage): Readonly<{ path: string; query: string }> {
  const end = target.indexOf('?')
  return end < 0 ? { path: target, query: '' } : { path: target.slice(0, end), query: target.slice(end) }
}

function isPlain(path: string): boolean {
  return plainPath.test(path) && !path.includes('/.')
}

function urlOf(incoming: IncomingMessage, host: string | null): string {
  const authority = host ?? 'localhost'
  const { path, query } = partsOf(incoming)
  if (isPlain(path) && plainQuery.test(query) && plainHost.test(authority)) return `http://${authority}${path}${query}`
  const base = URL.canParse(`http://${authority}`) ? `http://${authority}` : 'http://localhost'
  const whole = path.startsWith('/') ? `${base}${path}${query}` : `${path}${query}`
  return URL.canParse(whole) ? new URL(whole).href : `${base}/`
}

function readAll(incoming: IncomingMessage, witness: BodyWitness | undefined): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>()
  const chunks: Buffer[] = []
  incoming.on('data', (chunk: Buffer) => {
    witness?.asked(chunk)
    chunks.push(chunk)
  })
  incoming.once('end', () => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)))
  incoming.once('error', reject)
  return promise
}
