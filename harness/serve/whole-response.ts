import { RawHeaders, rawHeadersOf } from './raw-headers.ts'
import { standFor } from './stand-for.ts'

/** A body that is at hand as a whole. */
export type WholeBody = string | Uint8Array<ArrayBuffer> | null

/**
 * A Response with a body that is at hand as a whole. To a caller it is like any other one. The objects behind a Response
 * take longer to make than most handlers take to answer: here they are made when somebody asks for them. Hosts that carry
 * bytes take the body as it is (`wholeBodyOf`).
 */
class WholeResponse {
  readonly status: number
  readonly #headers: RawHeaders
  readonly #body: WholeBody
  #real: Response | undefined
  #isRead = false

  constructor(status: number, body: WholeBody, headers: RawHeaders) {
    this.status = status
    this.#headers = headers
    this.#body = body
  }

  /** The body, unless somebody has begun to read it as a stream. */
  get whole(): WholeBody | undefined {
    return this.#real || this.#isRead ? undefined : this.#body
  }

  get headers(): Headers {
    return this.#real?.headers ?? (this.#headers as unknown as Headers)
  }

  get ok(): boolean {
    return this.status >= 200 && this.status < 300
  }

  get type(): ResponseType {
    return 'default'
  }

  get url(): string {
    return ''
  }

  get redirected(): boolean {
    return false
  }

  get statusText(): string {
    return ''
  }

  get bodyUsed(): boolean {
    return this.#isRead || (this.#real?.bodyUsed ?? false)
  }

  get body(): Response['body'] {
    return this.native.body
  }

  async arrayBuffer(): Promise<ArrayBuffer> {
    const { whole } = this
    if (whole === undefined) return this.native.arrayBuffer()
    this.#isRead = true
    return typeof whole === 'string' ? new TextEncoder().encode(whole).buffer : new Uint8Array(whole ?? []).buffer
  }

  blob(): Promise<Blob> {
    return this.native.blob()
  }

  bytes(): Promise<Uint8Array> {
    return this.native.bytes()
  }

  clone(): Response {
    if (this.#real || this.#isRead) return this.native.clone()
    return new WholeResponse(this.status, this.#body, new RawHeaders([...this.#headers.raw])) as unknown as Response
  }

  formData(): ReturnType<Response['formData']> {
    return this.native.formData()
  }

  json(): Promise<unknown> {
    return this.native.json()
  }

  text(): Promise<string> {
    return this.native.text()
  }

  /** A Response of the runtime, for whoever takes no other object. */
  get native(): Response {
    if (this.#isRead) throw new TypeError('Body is unusable: Body has already been read')
    return (this.#real ??= new Response(this.#body, { status: this.status, headers: this.#headers.snapshot() }))
  }
}

standFor(WholeResponse.prototype, 'Response')

/** A response with a body that is at hand. */
export function wholeResponse(status: number, body: WholeBody, headers: RawHeaders = new RawHeaders([])): Response {
  return new WholeResponse(status, body, headers) as unknown as Response
}

/**
 * A response with a JSON body.
 * @throws TypeError for a header that no message may have.
 */
export function jsonResponse(status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): Response {
  const all = rawHeadersOf([...Object.entries(headers), ['content-type', 'application/json']])
  return wholeResponse(status, JSON.stringify(value), all)
}

/** The body of a response where it is at hand and nobody has begun to read it. */
export function wholeBodyOf(response: Response): WholeBody | undefined {
  const given: object = response
  return given instanceof WholeResponse ? given.whole : undefined
}

/** The response as the runtime's own Response. */
export function nativeResponse(response: Response): Response {
  const given: object = response
  return given instanceof WholeResponse ? given.native : response
}
