import { z } from 'zod'
import { contract } from '#harness/contract/contract.ts'
import { http, sse, ws, type HttpOperation } from '#harness/contract/operation.ts'
import { problem, Problem } from '#harness/contract/problem.ts'

/** How many routes of the contract read something; they differ in their first literal segment. */
const reads = 100

const Conversation = z.object({
  id: z.uuid(),
  title: z.string().min(1).max(200),
  model: z.enum(['gpt-4', 'claude', 'llama']),
  messages: z.int().min(0),
  archived: z.boolean(),
  createdAt: z.iso.datetime(),
})
const NewConversation = z.object({ title: z.string().min(1).max(200), model: z.enum(['gpt-4', 'claude', 'llama']) })

/** The operation that reads from one of many routes. */
function readOperation(n: number): HttpOperation {
  return http.get(`/api/r${n}/{id}`, { params: { id: z.uuid() }, replies: { 200: Conversation, 404: Problem } })
}

const created = http.post('/api/conversations', { body: NewConversation, replies: { 201: Conversation, 422: Problem } })

/** A contract of 100 reading routes and one that writes, of a stream of 50 events, and of a channel that echoes. */
export const hundredRoutes = contract('hundred-routes', {
  errors: problem,
  states: { conversationExists: Conversation },
  operations: {
    ...(Object.fromEntries(Array.from({ length: reads }, (_, n) => [`read${n}`, readOperation(n)])) as {
      read99: HttpOperation<'/api/r99/{id}', { params: { id: z.ZodUUID }; replies: { 200: typeof Conversation } }>
    }),
    create: created,
    tokens: sse.get('/api/tokens', {
      query: { gapMs: z.int().min(0).max(1000).default(0) },
      events: { token: z.object({ text: z.string() }), done: z.object({ tokens: z.int() }) },
      order: 'token* done',
    }),
    echo: ws.channel('/api/echo', {
      send: { say: z.object({ text: z.string() }) },
      receive: { said: z.object({ text: z.string() }) },
    }),
  },
})

/** The conversation that all routes are asked for. */
export const conversation: z.output<typeof Conversation> = {
  id: '3f6c1a52-9a3c-4c55-8c1f-0a1f5b8d2f10',
  title: 'How a stand-in keeps its promises, and who checks that it does so every day',
  model: 'gpt-4',
  messages: 12,
  archived: false,
  createdAt: '2026-11-20T08:01:00.000Z',
}

/** What is sent to create one. */
export const newConversation: z.input<typeof NewConversation> = { title: conversation.title, model: 'gpt-4' }

/** Events of one stream, the last one included. */
export const eventsPerStream = 50
