import { shopPact } from './shop-pact.ts'

/** An answer of a broker: JSON where it is some, of which a test reads whatever is there. */
// oxlint-disable-next-line typescript/no-explicit-any
export type Answer = Readonly<{ status: number; body: any; headers: Headers }>

type Named = Readonly<{ url: string }>

/** Calls a broker as it is. */
export async function call(broker: Named, path: string, init: RequestInit & { json?: unknown } = {}): Promise<Answer> {
  const { json, ...rest } = init
  const response = await fetch(path.startsWith('http') ? path : `${broker.url}${path}`, {
    ...rest,
    ...(json !== undefined && {
      body: JSON.stringify(json),
      headers: { 'content-type': 'application/json', ...(rest.headers as Record<string, string> | undefined) },
    }),
  })
  const text = await response.text()
  const isJson = (response.headers.get('content-type') ?? '').includes('json')
  return { status: response.status, headers: response.headers, body: isJson && text !== '' ? JSON.parse(text) : text }
}

type Contract = Readonly<{ onConflict?: string }> & Readonly<Record<string, unknown>>

/** The body that publishes pacts of one consumer version. */
export function publishing(
  consumer: string,
  version: string,
  {
    pacts,
    onConflict,
    ...rest
  }: Readonly<{
    pacts: readonly Readonly<Record<string, unknown>>[]
    branch?: string
    tags?: readonly string[]
    onConflict?: string
  }>,
): Readonly<Record<string, unknown>> & { contracts: readonly Contract[] } {
  return {
    pacticipantName: consumer,
    pacticipantVersionNumber: version,
    ...rest,
    contracts: pacts.map((pact) => ({
      consumerName: consumer,
      providerName: (pact['provider'] as { name: string }).name,
      specification: 'pact',
      contentType: 'application/json',
      content: Buffer.from(JSON.stringify(pact)).toString('base64'),
      ...(onConflict !== undefined && { onConflict }),
    })),
  }
}

type Published = Readonly<{
  consumer?: string
  provider?: string
  version: string
  branch?: string
  tags?: readonly string[]
  fields?: Readonly<Record<string, unknown>>
}>

/** Publishes the pact of a shop's consumer and makes sure that it was taken. */
export async function publish(broker: Named, published: Published): Promise<void> {
  const { consumer = 'till', provider = 'shop-backend', version, branch, tags, fields = { id: 7 } } = published
  const more = { ...(branch !== undefined && { branch }), ...(tags && { tags }) }
  const body = publishing(consumer, version, { pacts: [shopPact(consumer, fields, { provider })], ...more })
  const { status, body: answer } = await call(broker, '/contracts/publish', { method: 'POST', json: body })
  if (status !== 200) throw new Error(`publishing was answered with ${status}: ${JSON.stringify(answer)}`)
}

type Verified = Readonly<{
  consumer?: string
  provider?: string
  /** The consumer version whose pact was verified. */
  of: string
  /** The provider version that did. */
  by: string
  success?: boolean
  branch?: string
}>

/** Publishes a result and makes sure that it was taken. */
export async function verified(broker: Named, result: Verified): Promise<void> {
  const { consumer = 'till', provider = 'shop-backend', of, by, success = true, branch } = result
  if (branch !== undefined)
    await call(broker, `/pacticipants/${provider}/branches/${encodeURIComponent(branch)}/versions/${by}`, {
      method: 'PUT',
      json: {},
    })
  const pact = await call(broker, `/pacts/provider/${provider}/consumer/${consumer}/version/${of}`)
  const { status } = await call(broker, pact.body._links['pb:publish-verification-results'].href, {
    method: 'POST',
    json: { success, providerApplicationVersion: by },
  })
  if (status !== 201) throw new Error(`the result was answered with ${status}`)
}

/** Records that a version is in an environment: deployed, unless told otherwise. */
export async function deployed(
  broker: Named,
  {
    pacticipant,
    version,
    to,
    how = 'deployed',
  }: Readonly<{ pacticipant: string; version: string; to: string; how?: 'deployed' | 'released' }>,
): Promise<void> {
  const { body } = await call(broker, `/pacticipants/${pacticipant}/versions/${version}`)
  const relation = how === 'deployed' ? 'pb:record-deployment' : 'pb:record-release'
  const link = (body._links[relation] as readonly { name: string; href: string }[]).find(({ name }) => name === to)
  const { status } = await call(broker, link?.href ?? '', { method: 'POST', json: {} })
  if (status !== 201) throw new Error(`the deployment was answered with ${status}`)
}

/** A broker whose pacticipants nobody else has: names with an ending of their own. */
export function ownNames(): Readonly<{ consumer: string; provider: string }> {
  const ending = Math.random().toString(36).slice(2, 8)
  return { consumer: `till-${ending}`, provider: `backend-${ending}` }
}
