import { z } from 'zod'
import { contract } from './contract.ts'
import { errorShape } from './error-shape.ts'
import { http, sse } from './operation.ts'
import { state } from './state.ts'

const Problem = z.object({ message: z.string() })
const errors = errorShape(Problem, {
  body: ({ message }) => ({ message }),
  read: ({ message }) => ({ code: 'any', message }),
})
const Note = z.object({ id: z.uuid(), text: z.string() })

const notes = contract('notes', {
  errors,
  states: { noteExists: Note, signedIn: state(z.object({ name: z.string() }), { provides: { token: z.string() } }) },
  operations: { getNote: http.get('/notes/{id}', { params: { id: z.uuid() }, replies: { 200: Note, 404: Problem } }) },
})

test('a contract makes examples of calls and uses of states', () => {
  expect(notes.getNote({ params: { id: 'x' } })).toMatchObject({
    contract: 'notes',
    name: 'getNote',
    operation: { method: 'GET', path: '/notes/{id}' },
    input: { params: { id: 'x' } },
  })
  expect(notes.states.noteExists({ id: 'x', text: 'y' })).toEqual({
    name: 'noteExists',
    params: { id: 'x', text: 'y' },
  })
  expect(notes.stateDefinitions.signedIn?.provides).toHaveProperty('token')
})

test('a contract cannot be changed', () => {
  expect(() => Object.assign(notes, { name: 'other' })).toThrow('read only')
})

test.each([
  [
    'path parameters that disagree with "params"',
    { op: http.get('/notes/{id}', { params: { noteId: z.uuid() } as never, replies: { 200: Note } }) },
    'notes.op: path parameters are {id} but "params" has {noteId}. Make them agree.',
  ],
  [
    'a path without its slash',
    { op: http.get('notes', { replies: { 200: Note } }) },
    'notes.op: path "notes" has to start with "/".',
  ],
  [
    'an order with an event that is none',
    { op: sse.get('/words', { events: { word: Note }, order: 'word* end' }) },
    'notes.op: the order names "end", which is no event. Declare it under "events".',
  ],
  [
    'an operation named like a part of every contract',
    { errors: http.get('/errors', { replies: { 200: Note } }) },
    'notes: "errors" names a part of every contract. Choose another operation name.',
  ],
])('%s is refused where it is declared', (_what, operations, message) => {
  expect(() => contract('notes', { errors, operations })).toThrow(message)
})

test('an error shape reads its own bodies and no others', () => {
  expect(errors.read({ message: 'gone' })).toEqual({ code: 'any', message: 'gone' })
  expect(errors.read('<html>')).toBeUndefined()
})
