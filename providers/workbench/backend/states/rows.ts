import { randomUUID } from 'node:crypto'
import type { z } from 'zod'
import type { Role } from '#contracts/workbench/shapes.ts'
import type { Database } from '#harness/live-kit/database.ts'

type Conversation = Readonly<{ id: string; ownerId: string; title: string; model: string }>
type Message = Readonly<{ id: string; role: z.infer<typeof Role>; content: string }>
type Owner = Readonly<{ id: string; email: string }>
type File = Readonly<{ id: string; ownerId: string; name: string; mediaType: string; size: number; path: string }>

/** Rows as states want them, with ids and times that the backend itself would never choose. */
export type Rows = Readonly<{
  putConversation: (conversation: Conversation) => Promise<void>
  /** The account that a conversation belongs to. */
  ownerOf: (conversationId: string) => Promise<Owner | undefined>
  /** Makes these an account's only conversations, oldest first, one second apart. */
  replaceConversations: (ownerId: string, titles: readonly string[]) => Promise<void>
  /** Makes these a conversation's only messages, oldest first, one second apart. */
  replaceMessages: (conversationId: string, messages: readonly Message[]) => Promise<void>
  putFile: (file: File) => Promise<void>
}>

/** The time of the n-th of some rows, counted from 0: the last one is a second old. */
const nthTime = `now() - make_interval(secs => $1 - n)`

const clearConversations = {
  name: 'states.clearConversations',
  text: 'delete from conversations where owner_id = $1',
}
const clearMessages = { name: 'states.clearMessages', text: 'delete from messages where conversation_id = $1' }

/** Rows in a database. */
export function rowsIn(database: Database): Rows {
  return {
    async putConversation({ id, ownerId, title, model }) {
      await database.query({
        name: 'states.putConversation',
        text: `insert into conversations (id, owner_id, title, model) values ($1, $2, $3, $4) on conflict (id)
          do update set owner_id = excluded.owner_id, title = excluded.title, model = excluded.model`,
        values: [id, ownerId, title, model],
      })
    },
    async ownerOf(conversationId) {
      const [owner] = await database.query<{ id: string; email: string }>({
        name: 'states.ownerOf',
        text: `select accounts.id, email from accounts join conversations on owner_id = accounts.id
          where conversations.id = $1`,
        values: [conversationId],
      })
      return owner
    },
    replaceConversations: (ownerId, titles) =>
      database.transaction(async (queries) => {
        await queries.query({ ...clearConversations, values: [ownerId] })
        await queries.query({
          name: 'states.addConversations',
          text: `insert into conversations (id, owner_id, title, model, created_at, updated_at)
            select id, $2, title, 'gpt-4', ${nthTime}, ${nthTime}
              from rows from (unnest($3::uuid[]), unnest($4::text[])) with ordinality as given (id, title, nth),
                lateral (select nth - 1 as n) as counted`,
          values: [titles.length, ownerId, titles.map(() => randomUUID()), titles],
        })
      }),
    replaceMessages: (conversationId, messages) =>
      database.transaction(async (queries) => {
        await queries.query({ ...clearMessages, values: [conversationId] })
        await queries.query({
          name: 'states.addMessages',
          text: `insert into messages (id, conversation_id, role, content, created_at)
            select id, $2, role, content, ${nthTime}
              from rows from (unnest($3::uuid[]), unnest($4::text[]), unnest($5::text[]))
                with ordinality as given (id, role, content, nth), lateral (select nth - 1 as n) as counted`,
          values: [
            messages.length,
            conversationId,
            messages.map(({ id }) => id),
            messages.map(({ role }) => role),
            messages.map(({ content }) => content),
          ],
        })
      }),
    async putFile({ id, ownerId, name, mediaType, size, path }) {
      await database.query({
        name: 'states.putFile',
        text: `insert into files (id, owner_id, name, media_type, size, path) values ($1, $2, $3, $4, $5, $6)
          on conflict (id) do update set owner_id = excluded.owner_id, name = excluded.name,
            media_type = excluded.media_type, size = excluded.size, path = excluded.path`,
        values: [id, ownerId, name, mediaType, size, path],
      })
    },
  }
}
