import { z } from 'zod'
import { bytes, none, text, withHeaders } from '#harness/contract/content.ts'
import { contract } from '#harness/contract/contract.ts'
import { errorShape } from '#harness/contract/error-shape.ts'
import { http, sse, ws } from '#harness/contract/operation.ts'
import { bearer, cookie, security } from '#harness/contract/security.ts'
import { state } from '#harness/contract/state.ts'

const Problem = z.object({
  code: z.string(),
  message: z.string(),
  fields: z.array(z.string()).optional(),
  id: z.string(),
})
const Book = z.object({ id: z.uuid(), title: z.string().min(1), pages: z.int(), lent: z.boolean().default(false) })
const session = security('session', { carriers: [cookie('sid'), bearer()], value: 'token' })

/** A small library with one operation of each kind, for the tests of the harness. */
export const library = contract('library', {
  errors: errorShape(Problem, {
    body: ({ code, message, details, requestId }) => ({
      code,
      message,
      id: requestId,
      ...(details && { fields: details.map((detail) => detail.field) }),
    }),
    read: (body) => body,
  }),
  cors: { headers: ['content-type'], exposes: ['location'], credentials: true, maxAgeSeconds: 60 },
  maxBodyBytes: 1000,
  states: {
    bookExists: z.object({ id: z.uuid(), title: z.string() }),
    member: state(z.object({ name: z.string() }), { provides: { token: z.string() } }),
  },
  operations: {
    addBook: http.post('/books', {
      auth: session,
      body: z.object({ title: z.string().min(1), pages: z.int() }),
      replies: { 201: withHeaders(Book, { location: z.string() }), 401: Problem, 422: Problem },
    }),
    getBook: http.get('/books/{id}', { params: { id: z.uuid() }, replies: { 200: Book, 404: Problem } }),
    listBooks: http.get('/books', {
      query: { page: z.int().min(1).default(1), tag: z.array(z.string()).optional(), lent: z.boolean().optional() },
      replies: { 200: z.object({ books: z.array(Book), page: z.int() }), 422: Problem },
    }),
    dropBook: http.delete('/books/{id}', { params: { id: z.uuid() }, replies: { 204: none } }),
    putCover: http.put('/books/{id}/cover', {
      params: { id: z.uuid() },
      body: bytes({ mediaTypes: ['image/*'], maxBytes: 100 }),
      replies: { 200: z.object({ size: z.int() }), 413: Problem, 415: Problem },
    }),
    readme: http.get('/readme', { replies: { 200: text('text/plain') } }),
    readAloud: sse.get('/books/{id}/words', {
      params: { id: z.uuid() },
      events: { word: z.object({ text: z.string() }), end: z.object({ words: z.int() }) },
      order: 'word* end',
      resumes: true,
      replies: { 404: Problem },
    }),
    desk: ws.channel('/desk', {
      auth: session,
      send: { ask: z.object({ title: z.string() }) },
      receive: { found: Book, unknown: z.object({ title: z.string() }) },
      replies: { 401: Problem },
    }),
  },
})
