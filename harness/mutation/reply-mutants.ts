import { contentOf, headersOf, type ReplyDefinition } from '#harness/contract/content.ts'
import { isPlainObject } from '#harness/contract/example.ts'
import type { HttpPactInteraction } from '#harness/pact/file/pact-file.ts'
import type { ProxiedReply } from '#harness/stack/proxy/types.ts'
import { fieldMutants } from './field-mutants.ts'
import { onReply, onReplyBody } from './hooks.ts'
import { together, type Mutant, type Mutants } from './mutant.ts'
import type { BodyRules } from './pact-rules.ts'

/** The replies of one status of one operation, and the interactions of a pact that get one. */
export type ReplySite = Readonly<{
  operation: string
  status: number
  definition: ReplyDefinition | undefined
  /** Statuses that the operation declares. */
  declared: readonly number[]
  uses: readonly ReplyUse[]
}>

/** An interaction with its index in the pact. */
export type ReplyUse = Readonly<{ index: number; interaction: HttpPactInteraction }>

/** What of a pact's response the harness reads here beside what it checks on reading. */
type Response = Readonly<{
  body?: Readonly<{ content?: unknown; contentType?: string; encoded?: unknown }>
  headers?: Readonly<Record<string, readonly string[]>>
  matchingRules?: Readonly<{ body?: BodyRules }>
}>

/** All that may be wrong with replies of one status. */
export function replyMutants(site: ReplySite): Mutants {
  const content = contentOf(site.definition)
  const withBody = site.uses.filter(({ interaction }) => responseOf(interaction).body?.content !== undefined)
  const make = makerFor(site)
  return together([
    { mutants: [...statusMutants(site, make), ...headerMutants(site, make)], unobservable: [] },
    ...(content.kind === 'json' ? [jsonFields(site, { schema: content.schema, withBody })] : []),
    {
      mutants: withBody.length === 0 ? [] : bodyMutants({ kind: content.kind, withBody, site }, make),
      unobservable: [],
    },
  ])
}

function responseOf(interaction: HttpPactInteraction): Response {
  return interaction.response as Response
}

type Wrong = Readonly<{
  class: string
  at: string
  change: string
  apply: (reply: ProxiedReply) => ProxiedReply
  uses?: readonly ReplyUse[]
  advice?: string
}>
type Maker = (wrong: Wrong) => Mutant

function makerFor(site: ReplySite): Maker {
  return ({
    class: label,
    at,
    change,
    apply,
    uses = site.uses,
    advice = 'Give the example what the consumer reads.',
  }) => ({
    class: label,
    operation: site.operation,
    place: `${site.status} ${at}`,
    change,
    used: true,
    expected: 'caught',
    on: 'reply',
    hooks: onReply(site.status, apply),
    interactions: uses.map(({ index }) => index),
    severity: 'error',
    advice,
  })
}

function statusMutants({ status, declared }: ReplySite, make: Maker): readonly Mutant[] {
  const others = [sameClass(status, declared), status < 400 ? 500 : 200]
  return others.map((other) =>
    make({ class: 'C4', at: 'status', change: `${other}`, apply: (reply) => ({ ...reply, status: other }) }),
  )
}

/** Another status of the same class, none that the operation has where there is one. */
function sameClass(status: number, declared: readonly number[]): number {
  const hundred = Math.floor(status / 100) * 100
  const others = [0, 1, 2, 3, 9, 10].map((unit) => hundred + unit).filter((other) => other !== status)
  return others.find((other) => !declared.includes(other)) ?? hundred
}

function headerMutants(site: ReplySite, make: Maker): readonly Mutant[] {
  const read = new Map<string, ReplyUse[]>()
  for (const use of site.uses) {
    for (const name of Object.keys(responseOf(use.interaction).headers ?? {})) {
      const key = name.toLowerCase()
      read.set(key, [...(read.get(key) ?? []), use])
    }
  }
  const declared = Object.keys(headersOf(site.definition)).filter((name) => !read.has(name.toLowerCase()))
  return [
    ...[...read].map(([name, uses]) => make({ ...withoutHeader(name), uses })),
    ...declared.map((name): Mutant => ({ ...make(withoutHeader(name)), used: false, expected: 'green' })),
    ...[...read]
      .filter(([name]) => name === 'content-type')
      .map(([, uses]) =>
        make({ class: 'C6', at: 'content-type', change: 'of another kind', apply: ofAnotherKind, uses }),
      ),
  ]
}

function withoutHeader(name: string): Wrong {
  const apply = (reply: ProxiedReply): ProxiedReply => {
    if (!(name in reply.headers)) return reply
    const { [name]: _gone, ...headers } = reply.headers
    return { ...reply, headers }
  }
  return { class: 'C6', at: name, change: 'removed', apply, advice: `Give the reply's headers an example of ${name}.` }
}

function ofAnotherKind(reply: ProxiedReply): ProxiedReply {
  const isJson = String(reply.headers['content-type']).includes('json')
  return { ...reply, headers: { ...reply.headers, 'content-type': isJson ? 'text/plain' : 'application/json' } }
}

type Bodies = Readonly<{ schema: Parameters<typeof fieldMutants>[0]['schema']; withBody: readonly ReplyUse[] }>

function jsonFields({ operation, status, uses }: ReplySite, { schema, withBody }: Bodies): Mutants {
  return fieldMutants({
    operation,
    name: `${status} $`,
    schema,
    bodies: withBody.map(({ index, interaction }) => ({
      interaction: index,
      example: responseOf(interaction).body?.content,
      rules: responseOf(interaction).matchingRules?.body ?? {},
      paths: ['$'],
    })),
    interactions: uses.map(({ index }) => index),
    on: 'reply',
    hooks: (change) => onReplyBody(status, change),
  })
}

type WithBody = Readonly<{ kind: string; withBody: readonly ReplyUse[]; site: ReplySite }>

function bodyMutants({ kind, withBody, site }: WithBody, make: Maker): readonly Mutant[] {
  const wrong = (label: string, change: string, apply: Wrong['apply']): Mutant =>
    make({ class: label, at: '$', change, apply, uses: withBody })
  const gone = wrong('C5', 'missing', withoutBody)
  const page = wrong('C13', 'a page', (reply) => ({
    ...reply,
    headers: { ...reply.headers, 'content-type': 'text/html; charset=utf-8' },
    body: Buffer.from('<!doctype html><title>Error</title>'),
  }))
  if (kind !== 'json') return [gone, page]
  const whole = (label: string, change: string, turn: (body: unknown) => unknown): Mutant => ({
    ...wrong(label, change, (reply) => reply),
    hooks: onReplyBody(site.status, (holder) => {
      holder.value = turn(holder.value)
    }),
  })
  return [
    gone,
    page,
    wrong('C10', 'malformed', (reply) => ({ ...reply, body: reply.body.subarray(0, reply.body.length / 2) })),
    ...(readsNothing(withBody) ? [] : [whole('C7', 'in an envelope', enveloped)]),
    ...envelopesOf(withBody).map((key) => whole('C7', `taken out of its "${key}"`, (body) => inside(body, key))),
    ...(site.status >= 400 ? [whole('C13', 'of another error shape', () => ({ error: 'it went wrong' }))] : []),
  ]
}

/** An example without any field says just that there is an object: anything around it is one too. */
function readsNothing(uses: readonly ReplyUse[]): boolean {
  return uses.every(({ interaction }) => {
    const body = responseOf(interaction).body?.content
    return isPlainObject(body) && Object.keys(body).length === 0
  })
}

/** Under a key that the body does not have itself, so that the two cannot be mixed up. */
function enveloped(body: unknown): unknown {
  return isPlainObject(body) && 'data' in body ? { result: body } : { data: body }
}

function withoutBody({ status, headers: { 'content-type': _type, ...headers } }: ProxiedReply): ProxiedReply {
  return { status, headers, body: Buffer.alloc(0) }
}

/** The keys that a body keeps all else under. */
function envelopesOf(uses: readonly ReplyUse[]): readonly string[] {
  const bodies = uses.map(({ interaction }) => responseOf(interaction).body?.content).filter(isPlainObject)
  const keys = bodies.flatMap((body) =>
    Object.keys(body).filter((key) => Array.isArray(body[key]) || isPlainObject(body[key])),
  )
  const distinct = [...new Set(keys)]
  return distinct.length === 1 ? distinct : []
}

function inside(body: unknown, key: string): unknown {
  return isPlainObject(body) && key in body ? body[key] : body
}
