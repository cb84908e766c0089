/** The files of a made-up system whose mock keeps notes: ids and times are made up, and a diary is told as a stream. */
export const notesSystem: Readonly<Record<string, string>> = {
  'contracts/desk/shapes.ts': `
import { z } from 'zod'

export const Note = z.object({ id: z.uuid(), text: z.string(), at: z.iso.datetime(), secret_word: z.string().optional() })
export const noteParams = { id: z.uuid(), text: z.string() }
`,
  'contracts/desk/notes.ts': `
import { z } from 'zod'
import { none } from '#harness/contract/content.ts'
import { contract } from '#harness/contract/contract.ts'
import { http, sse, ws } from '#harness/contract/operation.ts'
import { Problem, problem } from '#harness/contract/problem.ts'
import { secret } from '#harness/contract/schema.ts'
import { Note, noteParams } from './shapes.ts'

export const notes = contract('desk-notes', {
  errors: problem,
  states: { noteExists: z.object(noteParams), empty: z.object({}) },
  operations: {
    addNote: http.post('/notes', {
      body: z.object({ text: z.string(), pin: secret(z.string()).optional() }),
      replies: { 201: Note, 422: Problem },
    }),
    getNote: http.get('/notes/{id}', { params: { id: z.uuid() }, replies: { 200: Note, 404: Problem } }),
    listNotes: http.get('/notes', { replies: { 200: z.array(Note) } }),
    dictate: sse.post('/notes/dictate', {
      body: z.object({ words: z.array(z.string()) }),
      events: { word: z.object({ word: z.string() }), done: Note },
      order: 'word* done',
      replies: { 422: Problem },
    }),
    breakDown: http.post('/break', { replies: { 204: none } }),
    desk: ws.channel('/desk', { send: { ask: z.object({ token: z.string() }) }, receive: { answer: z.object({ text: z.string() }) } }),
  },
})
`,
  'contracts/desk/system.ts': `
import { system as declareSystem } from '#harness/contract/system.ts'
import { notes } from './notes.ts'

export const system = declareSystem('desk', {
  components: { writer: { environment: {} }, notes: { contract: notes, port: 7003, environment: {} } },
  edges: [{ consumer: 'writer', provider: 'notes' }],
  startOrder: ['notes', 'writer'],
  agreements: [],
})
`,
  'mocks/desk/notes/memory.ts': `
export function makeMemory() {
  const notes = new Map()
  return {
    add(text, id = crypto.randomUUID()) {
      const note = { id, text, at: new Date().toISOString() }
      notes.set(id, note)
      return note
    },
    get: (id) => notes.get(id),
    all: () => [...notes.values()],
    clear: () => notes.clear(),
  }
}
`,
  'mocks/desk/notes.mock.ts': `
import { setTimeout as pause } from 'node:timers/promises'
import { Refusal } from '#harness/contract/error-shape.ts'
import { event, reply } from '#harness/contract/reply.ts'
import { mock as declareMock } from '#harness/mock/mock.ts'
import { notes } from '#contracts/desk/notes.ts'
import { makeMemory } from './notes/memory.ts'

async function* dictated(memory, words) {
  for (const word of words) {
    yield event('word', { word })
    await pause(5)
  }
  yield event('done', memory.add(words.join(' ')))
}

export const mock = declareMock(notes, {
  memory: makeMemory,
  handlers: (memory) => ({
    addNote: ({ body }) => reply(201, memory.add(body.text)),
    getNote({ params: { id } }) {
      const note = memory.get(id)
      if (!note) throw new Refusal(404, 'no_note', { message: 'There is no such note.' })
      return reply(200, note)
    },
    listNotes: () => reply(200, memory.all()),
    dictate: ({ body }) => dictated(memory, body.words),
    breakDown() {
      setTimeout(() => { throw new Error('thrown where nobody catches it') })
      throw new Error('the desk broke down')
    },
    async desk(channel) {
      for await (const { data } of channel) channel.send({ type: 'answer', data: { text: 'hello ' + data.token.length } })
    },
  }),
  states: (memory) => ({ noteExists: ({ id, text }) => void memory.add(text, id), empty: () => memory.clear() }),
})
`,
}
