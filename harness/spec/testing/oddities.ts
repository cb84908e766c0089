import { z } from 'zod'
import { bytes, none, text, withHeaders } from '#harness/contract/content.ts'
import { contract } from '#harness/contract/contract.ts'
import { errorShape } from '#harness/contract/error-shape.ts'
import { http } from '#harness/contract/operation.ts'
import { bearer, cookie, security, signature } from '#harness/contract/security.ts'

const Colour = z.enum(['red', 'green'])
const Circle = z.object({ kind: z.literal('circle'), radius: z.number() })
const Square = z.object({ kind: z.literal('square'), side: z.number() })
const Tree = z.object({
  name: z.string(),
  get children() {
    return z.array(Tree)
  },
})
const Thing = z.object({
  class: z.string(),
  'media-type': z.string(),
  colour: Colour,
  shape: z.union([Circle, Square]),
  level: z.union([z.literal(1), z.literal(2), z.literal(2.5)]).optional(),
  note: z.string().nullable().optional(),
  flag: z.boolean().default(false),
  tags: z.array(z.string()).default(['new']),
  ratio: z.number(),
  count: z.int(),
  extra: z.unknown().optional(),
  sizes: z.record(z.string(), z.int()).optional(),
  tree: Tree.optional(),
  field: z.string().optional(),
  parts: z.array(z.object({ name: z.string(), owner: z.string().nullable() })),
})
/** A name that Python's typing has already. */
const Text = z.object({ words: z.array(z.string()) })
const Aliases = z.array(Colour)

/** What the shapes of the oddities are called by. */
export const odditiesShapes = { Colour, Circle, Square, Tree, Thing, Text, Aliases }

const Trouble = z.object({ text: z.string() })
const key = security('key', {
  carriers: [bearer(), cookie('key'), signature({ scheme: 'Signature', pattern: '[a-z]+', sign: () => 'signed' })],
  value: 'token',
})

/** Whatever a contract may have that is hard to say in another language. */
export const oddities = contract('odd-oddities', {
  errors: errorShape(Trouble, {
    body: ({ message }) => ({ text: message }),
    read: ({ text: message }) => ({ code: '', message }),
  }),
  requestIdHeader: 'x-trace',
  operations: {
    putThing: http.put('/things/{thingId}/{part}', {
      summary: 'Keeps a thing, "\\quoted" and """all""".',
      auth: key,
      params: { thingId: z.string(), part: z.int() },
      query: { from: z.string(), limit: z.int().optional(), colours: z.array(Colour).optional() },
      headers: { 'if-match': z.string(), 'x-note': z.string().optional() },
      body: Thing,
      replies: { 200: withHeaders(Thing, { etag: z.string(), age: z.string().optional() }), 204: none, 412: Trouble },
    }),
    listThings: http.get('/things', {
      query: { 'sort-by': z.string().optional() },
      replies: { 200: z.array(Thing), 206: z.array(z.object({ name: z.string() })) },
    }),
    import: http.post('/import', { body: text('text/csv'), replies: { 200: text('text/csv'), 202: Text } }),
    picture: http.get('/picture', { replies: { 200: bytes({ mediaTypes: ['image/*'], maxBytes: 100 }), 503: none } }),
    colours: http.get('/colours', { replies: { 200: Aliases } }),
    paint: http.patch('/colours', { body: Aliases, replies: { 200: Colour } }),
  },
})
