import { randomUUID } from 'node:crypto'
import type { z } from 'zod'
import type { Conversation as ConversationShape, NewConversation } from '#contracts/workbench/shapes.ts'
import type { ConversationSlice } from './conversation-list-cache.ts'
import type { Queries } from '#harness/live-kit/database.ts'

export type Conversation = z.infer<typeof ConversationShape>

/** The conversations of accounts. Each call names the account: what belongs to another one is not there. */
export type Conversations = Readonly<{
  add: (ownerId: string, conversation: z.infer<typeof NewConversation>) => Promise<Conversation>
  find: (ownerId: string, id: string) => Promise<Conversation | undefined>
  rename: (ownerId: string, id: string, title: string) => Promise<Conversation | undefined>
  /** Whether there was something to remove. */
  remove: (ownerId: string, id: string) => Promise<boolean>
  /** One page, newest first, and how many there are in all. Pages are numbered from 1. */
  page: (ownerId: string, at: Readonly<{ page: number; per_page: number }>) => Promise<ConversationSlice>
}>

type Row = { id: string; title: string; model: string; created_at: Date; updated_at: Date }
type PageRow = { total: number } & (Row | { [K in keyof Row]: null })

const columns = 'id, title, model, created_at, updated_at'

/** The conversations in a database. */
export function conversationsIn(database: Queries): Conversations {
  return {
    async add(ownerId, { title, model }) {
      const [row] = await database.query<Row>({
        name: 'conversations.add',
        text: `insert into conversations (id, owner_id, title, model) values ($1, $2, $3, $4) returning ${columns}`,
        values: [randomUUID(), ownerId, title, model],
      })
      return conversationOf(row as Row)
    },
    async find(ownerId, id) {
      const [row] = await database.query<Row>({
        name: 'conversations.find',
        text: `select ${columns} from conversations where owner_id = $1 and id = $2`,
        values: [ownerId, id],
      })
      return row && conversationOf(row)
    },
    async rename(ownerId, id, title) {
      const [row] = await database.query<Row>({
        name: 'conversations.rename',
        text: `update conversations set title = $3, updated_at = clock_timestamp()
          where owner_id = $1 and id = $2 returning ${columns}`,
        values: [ownerId, id, title],
      })
      return row && conversationOf(row)
    },
    async remove(ownerId, id) {
      const rows = await database.query({
        name: 'conversations.remove',
        text: 'delete from conversations where owner_id = $1 and id = $2 returning id',
        values: [ownerId, id],
      })
      return rows.length > 0
    },
    async page(ownerId, { page, per_page }) {
      // In one statement, so that the count and the page are of the same moment; a page beyond the end has the count alone.
      const rows = await database.query<PageRow>({
        name: 'conversations.page',
        text: `with own as (select ${columns} from conversations where owner_id = $1),
            page as (select * from own order by created_at desc, id desc limit $2 offset $3)
          select (select count(*)::int from own) as total, page.*
            from (select) as one left join page on true order by created_at desc, id desc`,
        values: [ownerId, per_page, (page - 1) * per_page],
      })
      const conversations = rows.flatMap((row) => (row.id === null ? [] : [conversationOf(row)]))
      return { total: rows[0]?.total ?? 0, conversations }
    },
  }
}

function conversationOf({ id, title, model, created_at, updated_at }: Row): Conversation {
  return { id, title, model, created_at: created_at.toISOString(), updated_at: updated_at.toISOString() }
}
