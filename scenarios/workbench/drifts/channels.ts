import type { Drift } from '#harness/drift/drift.ts'
import { messages } from '#harness/drift/deviations.ts'

/** WebSocket channels (C16). */
export const channels: readonly Drift[] = [
  {
    class: 'C16',
    operation: 'live',
    name: 'no channel there',
    hooks: { upgrade: () => ({ reply: { status: 404, headers: {}, body: Buffer.alloc(0) } }) },
    expected: { code: 'stream-mismatch' },
  },
  {
    class: 'C16',
    operation: 'live',
    name: 'message renamed',
    hooks: messages((message) => ({ ...message, type: `chat.${message.type}` })),
    expected: { code: 'stream-mismatch', path: /\.name$/ },
  },
  {
    class: 'C16',
    operation: 'live',
    name: 'payload not wrapped in data',
    hooks: messages(({ type, data }) => ({ type, ...data })),
    expected: { code: 'stream-mismatch' },
  },
  {
    class: 'C16',
    operation: 'live',
    name: 'conversation_id in camel case',
    hooks: messages(({ type, data: { conversation_id, ...data } }) => ({
      type,
      data: { ...data, conversationId: conversation_id },
    })),
    expected: { code: 'stream-mismatch', path: /^\$\.\w+\[0\]\.data/ },
  },
  {
    class: 'C16',
    operation: 'live',
    name: 'done never comes',
    hooks: messages((message) => (message.type === 'done' ? undefined : message)),
    expected: { code: 'no-answer' },
    timeoutMs: 700,
  },
  {
    class: 'C16',
    operation: 'live',
    name: 'tokens lost',
    // Nothing that comes is wrong, there is just too little of it: the replay waits for the second token in vain.
    hooks: messages((message) => (message.type === 'token' ? undefined : message)),
    expected: { code: 'no-answer' },
    timeoutMs: 700,
  },
  {
    class: 'C16',
    operation: 'live',
    name: 'token text renamed',
    hooks: messages(({ type, data: { text, ...data } }) => ({
      type,
      data: type === 'token' ? { ...data, content: text } : data,
    })),
    expected: { code: 'stream-mismatch', path: /^\$\.token\[0\]\.data/ },
  },
]
