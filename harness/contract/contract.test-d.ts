import { z } from 'zod'
import type { CallInput } from './call.ts'
import { contract, type OperationsOf } from './contract.ts'
import { errorShape } from './error-shape.ts'
import { http, sse, ws } from './operation.ts'
import type { EventInput, EventOutput, ReplyOf, SentByServer, Success } from './reply.ts'
import { bearer, security } from './security.ts'
import { noParams, state } from './state.ts'

// Checked by the compiler alone: that contracts infer what their users rely on, and refuse what they must.

type Expect<T extends true> = T
type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false

const Note = z.object({ id: z.uuid(), text: z.string(), stars: z.int().default(0) })
const Problem = z.object({ message: z.string() })
const session = security('session', { carriers: [bearer()], value: 'token' })

const notes = contract('notes', {
  errors: errorShape(Problem, { body: ({ message }) => ({ message }), read: ({ message }) => ({ code: '', message }) }),
  states: {
    noteExists: z.object({ id: z.uuid(), text: z.string() }),
    signedIn: state(z.object({ name: z.string() }), { provides: { token: z.string() } }),
    empty: noParams,
  },
  operations: {
    addNote: http.post('/notes', {
      auth: session,
      body: Note.pick({ text: true }),
      replies: { 201: Note, 422: Problem },
    }),
    getNote: http.get('/notes/{id}', {
      params: { id: z.uuid() },
      query: { full: z.boolean().optional() },
      replies: { 200: Note },
    }),
    read: sse.get('/notes/{id}/words', {
      params: { id: z.uuid() },
      events: { word: z.object({ text: z.string() }), end: noParams },
      order: 'word* end',
    }),
    live: ws.channel('/live', {
      send: { ask: z.object({ q: z.string() }) },
      receive: { answer: z.object({ a: z.string() }) },
    }),
  },
})
type Ops = OperationsOf<typeof notes>

export type Inference = [
  Expect<
    Equal<
      CallInput<Ops['getNote']>,
      { readonly params: { id: string }; readonly query?: { full?: boolean | undefined } }
    >
  >,
  // A default is absent for the sender and present for the reader.
  Expect<
    Equal<
      Extract<ReplyOf<Ops['addNote']>, { status: 201 }>['body'],
      { id: string; text: string; stars?: number | undefined }
    >
  >,
  Expect<Equal<Success<Ops['addNote']>['status'], 201>>,
  Expect<Equal<Success<Ops['addNote']>['body'], { id: string; text: string; stars: number }>>,
  Expect<Equal<EventOutput<Ops['read']>['event'], 'word' | 'end'>>,
  Expect<Equal<SentByServer<Ops['live'], 'output'>, { readonly type: 'answer'; readonly data: { a: string } }>>,
]

notes.addNote({ body: { text: 'x' } })
notes.states.empty()
// @ts-expect-error a field of another type
notes.addNote({ body: { text: 1 } })
// @ts-expect-error a body is missing
notes.addNote({})
// @ts-expect-error a field that the contract does not have
notes.addNote({ body: { text: 'x', extra: 1 } })
// @ts-expect-error a path parameter is missing
notes.getNote()
// @ts-expect-error a path parameter of another name
notes.getNote({ params: { noteId: 'x' } })
// @ts-expect-error a state parameter is missing
notes.states.noteExists({ id: 'x' })
// @ts-expect-error a state that the contract does not have
notes.states.noteGone({})
// @ts-expect-error a path parameter without a schema
http.get('/notes/{id}', { replies: { 200: Note } })

export const whole: ReplyOf<Ops['addNote']> = { status: 201, body: { id: 'x', text: 'y' } }
// @ts-expect-error a status that the operation does not declare
export const undeclared: ReplyOf<Ops['addNote']> = { status: 202, body: { id: 'x', text: 'y' } }
// @ts-expect-error a field of the reply is missing
export const partial: ReplyOf<Ops['addNote']> = { status: 201, body: { id: 'x' } }
// @ts-expect-error an event that the stream does not have
export const noise: EventInput<Ops['read']> = { event: 'noise', data: {} }
