import { z } from 'zod'
import { bytes, none, text, withHeaders } from '#harness/contract/content.ts'
import { contract } from '#harness/contract/contract.ts'
import { http, sse, ws } from '#harness/contract/operation.ts'
import { Problem, problem } from '#harness/contract/problem.ts'
import { bearer, cookie, security } from '#harness/contract/security.ts'
import { noParams, state } from '#harness/contract/state.ts'
import {
  ChatMessage,
  Conversation,
  ConversationPage,
  Done,
  Email,
  Health,
  Messages,
  Model,
  NewConversation,
  Password,
  Role,
  SignIn,
  StoredFile,
  StreamError,
  Title,
  Token,
  User,
} from './shapes.ts'

/** A JWT (HS256) in an HttpOnly cookie, or as a Bearer token. The cookie counts where both are there. */
const session = security('session', { carriers: [cookie('token'), bearer()], value: 'token' })

const id = { id: z.uuid() }
const events = { token: Token, done: Done, error: StreamError }
const order = 'token* (done | error)'
const Owner = z.object({ email: Email })
const token = { token: z.string() }

export const backend = contract('workbench-backend', {
  errors: problem,
  requestIdHeader: 'x-request-id',
  cors: {
    headers: ['content-type', 'accept', 'authorization', 'cache-control', 'last-event-id'],
    exposes: ['retry-after', 'content-disposition'],
    credentials: true,
    maxAgeSeconds: 600,
  },
  states: {
    /** An account. */
    userExists: z.object({ email: Email, password: Password }),
    /** An account that is signed in; the token is its session's. */
    signedIn: state(Owner, { provides: token }),
    /** An account whose session is over; the token is the one it had. */
    sessionExpired: state(Owner, { provides: token }),
    /** No further sign-in attempt is let through for this address. */
    signInLimitReached: Owner,
    /** The account owns this conversation. */
    conversationExists: z.object({ owner: Email, id: z.uuid(), title: Title, model: Model.optional() }),
    /** The account owns exactly these conversations, oldest first. */
    conversationsExist: z.object({ owner: Email, titles: z.array(Title) }),
    /** The conversation has exactly these messages, oldest first. */
    messagesExist: z.object({
      conversation: z.uuid(),
      messages: z.array(z.object({ id: z.uuid(), role: Role, content: z.string() })),
    }),
    /** The language model answers the next messages with this text. */
    modelAnswers: z.object({ text: z.string() }),
    /** The language model fails after some words. */
    modelFails: z.object({ afterTokens: z.int().min(0) }),
    /** The last stream of the conversation had these tokens, numbered from 1, and is over. */
    streamedAnswer: z.object({ conversation: z.uuid(), message: z.uuid(), tokens: z.array(z.string()) }),
    /**
     * The model is about to answer in the conversation with these tokens:
     * it begins when the first page looks on (subscribes).
     */
    answerUnderWay: z.object({ conversation: z.uuid(), message: z.uuid(), tokens: z.array(z.string()) }),
    /** The account stored this file. */
    fileStored: z.object({ owner: Email, id: z.uuid(), name: z.string(), mediaType: z.string(), content: z.string() }),
    /** A store does not answer. */
    storeDown: z.object({ store: z.enum(['database', 'cache', 'storage']) }),
    /** All stores answer. */
    allHealthy: noParams,
  },
  operations: {
    signIn: http.post('/api/auth/sign-in', {
      summary: 'Sign in; the session comes as an HttpOnly cookie.',
      body: SignIn,
      replies: {
        200: withHeaders(z.object({ user: User }), { 'set-cookie': z.string() }),
        401: Problem,
        422: Problem,
        429: withHeaders(Problem, { 'retry-after': z.string().regex(/^\d+$/) }),
      },
    }),
    signOut: http.post('/api/auth/sign-out', {
      summary: 'Sign out; the session is revoked everywhere.',
      auth: session,
      replies: { 204: withHeaders(none, { 'set-cookie': z.string() }), 401: Problem },
    }),
    whoAmI: http.get('/api/auth/me', {
      summary: 'The account of the session.',
      auth: session,
      replies: { 200: User, 401: Problem },
    }),
    createConversation: http.post('/api/conversations', {
      auth: session,
      body: NewConversation,
      replies: { 201: Conversation, 401: Problem, 422: Problem },
    }),
    listConversations: http.get('/api/conversations', {
      summary: 'Own conversations, newest first.',
      auth: session,
      query: { page: z.int().min(1).default(1), per_page: z.int().min(1).max(100).default(20) },
      replies: { 200: ConversationPage, 401: Problem, 422: Problem },
    }),
    getConversation: http.get('/api/conversations/{id}', {
      auth: session,
      params: id,
      replies: { 200: Conversation, 401: Problem, 404: Problem, 422: Problem },
    }),
    renameConversation: http.patch('/api/conversations/{id}', {
      auth: session,
      params: id,
      body: z.object({ title: Title }),
      replies: { 200: Conversation, 401: Problem, 404: Problem, 422: Problem },
    }),
    deleteConversation: http.delete('/api/conversations/{id}', {
      auth: session,
      params: id,
      replies: { 204: none, 401: Problem, 404: Problem, 422: Problem },
    }),
    listMessages: http.get('/api/conversations/{id}/messages', {
      summary: 'The messages of an own conversation, oldest first.',
      auth: session,
      params: id,
      replies: { 200: Messages, 401: Problem, 404: Problem, 422: Problem },
    }),
    streamChat: sse.post('/api/chat/stream', {
      summary: 'Send a message; the answer comes token by token. Events are numbered from 1.',
      auth: session,
      body: ChatMessage,
      events,
      order,
      replies: { 401: Problem, 404: Problem, 422: Problem },
    }),
    followChat: sse.get('/api/chat/stream', {
      summary:
        'The last answer of a conversation, from its first token or from Last-Event-ID on; waits for the next one where there is none yet.',
      auth: session,
      query: { conversation: z.uuid() },
      events,
      order,
      resumes: true,
      replies: { 401: Problem, 404: Problem, 422: Problem },
    }),
    live: ws.channel('/ws', {
      summary: 'Tokens of answers and presence, pushed for each conversation subscribed to.',
      auth: session,
      send: {
        subscribe: z.object({ conversation_id: z.uuid() }),
        unsubscribe: z.object({ conversation_id: z.uuid() }),
      },
      receive: {
        presence: z.object({ conversation_id: z.uuid(), viewers: z.int().min(0) }),
        token: z.object({ conversation_id: z.uuid(), text: z.string() }),
        done: z.object({ conversation_id: z.uuid(), message_id: z.uuid() }),
        error: z.object({
          code: z.enum(['not_found', 'model_failed']),
          message: z.string(),
          conversation_id: z.uuid(),
        }),
      },
      replies: { 401: Problem, 403: Problem },
    }),
    uploadFile: http.post('/api/files', {
      summary: 'Store a file of up to 5 MiB.',
      auth: session,
      query: { name: z.string().min(1).max(255) },
      body: bytes({
        mediaTypes: ['text/*', 'image/*', 'application/pdf', 'application/octet-stream'],
        maxBytes: 5 * 1024 * 1024,
      }),
      replies: { 201: StoredFile, 401: Problem, 413: Problem, 415: Problem, 422: Problem },
    }),
    downloadFile: http.get('/api/files/{id}', {
      auth: session,
      params: id,
      replies: {
        200: withHeaders(bytes({ mediaTypes: ['*/*'], maxBytes: 5 * 1024 * 1024 }), {
          'content-type': z.string(),
          'content-disposition': z.string(),
        }),
        401: Problem,
        404: Problem,
        422: Problem,
      },
    }),
    health: http.get('/health', {
      summary: 'Whether each store answers; 503 where one does not.',
      replies: { 200: Health, 503: Health },
    }),
    metrics: http.get('/metrics', {
      summary: 'Prometheus metrics.',
      replies: { 200: text('text/plain') },
    }),
  },
})
