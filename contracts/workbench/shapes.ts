import { z } from 'zod'
import { Pagination } from '#harness/contract/page.ts'
import { secret } from '#harness/contract/schema.ts'

const Timestamp = z.iso.datetime()

export const Email = z.email().max(254)
export const Password = secret(z.string().min(8).max(200))

export const User = z.object({ id: z.uuid(), email: Email })
export const SignIn = z.object({ email: Email, password: Password })

export const Title = z.string().trim().min(1).max(200)
export const Model = z.string().min(1).max(100)

export const NewConversation = z.object({ title: Title, model: Model })
export const Conversation = z.object({
  id: z.uuid(),
  title: Title,
  model: Model,
  created_at: Timestamp,
  updated_at: Timestamp,
})

/** Newest first. */
export const ConversationPage = z.object({ data: z.array(Conversation), pagination: Pagination })

export const Role = z.enum(['user', 'assistant'])
export const Message = z.object({
  id: z.uuid(),
  conversation_id: z.uuid(),
  role: Role,
  content: z.string(),
  created_at: Timestamp,
})

/** Oldest first. */
export const Messages = z.object({ data: z.array(Message) })

export const ChatMessage = z.object({ conversation_id: z.uuid(), message: z.string().trim().min(1).max(32_000) })
export const Token = z.object({ text: z.string() })
export const Done = z.object({ message_id: z.uuid() })
export const StreamError = z.object({ code: z.enum(['model_failed', 'session_expired']), message: z.string() })

export const StoredFile = z.object({
  id: z.uuid(),
  name: z.string().min(1).max(255),
  media_type: z.string(),
  size: z.int().min(0),
  /** Where it lies under the storage mount: `YYYY/MM/DD/<id>`. */
  path: z.string().regex(/^\d{4}\/\d{2}\/\d{2}\/[0-9a-f-]{36}$/),
  created_at: Timestamp,
})

export const StoreHealth = z.enum(['healthy', 'unhealthy'])
export const Health = z.object({ database: StoreHealth, cache: StoreHealth, storage: StoreHealth })
