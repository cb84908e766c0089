import { randomUUID } from 'node:crypto'
import type { z } from 'zod'
import type { Message as MessageShape } from '#contracts/workbench/shapes.ts'
import type { Database } from '#harness/live-kit/database.ts'

type Message = z.infer<typeof MessageShape>
type NewMessage = Pick<Message, 'conversation_id' | 'role' | 'content'> & Readonly<{ id?: string }>

/** The messages of conversations. Whose a conversation is has to be asked before. */
export type Messages = Readonly<{
  /** Adds a message, and makes its conversation one that changed now: both or neither. */
  add: (message: NewMessage) => Promise<Message>
  /** All messages of a conversation, oldest first. */
  of: (conversationId: string) => Promise<readonly Message[]>
}>

type Row = { id: string; conversation_id: string; role: Message['role']; content: string; created_at: Date }

const columns = 'id, conversation_id, role, content, created_at'

/** The messages in a database. */
export function messagesIn(database: Database): Messages {
  return {
    add({ id = randomUUID(), conversation_id, role, content }) {
      return database.transaction(async (queries) => {
        await queries.query({
          name: 'conversations.touch',
          text: 'update conversations set updated_at = clock_timestamp() where id = $1',
          values: [conversation_id],
        })
        const [row] = await queries.query<Row>({
          name: 'messages.add',
          text: `insert into messages (id, conversation_id, role, content) values ($1, $2, $3, $4) returning ${columns}`,
          values: [id, conversation_id, role, content],
        })
        return messageOf(row as Row)
      })
    },
    async of(conversationId) {
      const rows = await database.query<Row>({
        name: 'messages.of',
        text: `select ${columns} from messages where conversation_id = $1 order by created_at, position`,
        values: [conversationId],
      })
      return rows.map(messageOf)
    },
  }
}

function messageOf(row: Row): Message {
  return { ...row, created_at: row.created_at.toISOString() }
}
