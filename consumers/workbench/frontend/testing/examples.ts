/** People and things that the recorded examples speak of. */
export const ann = 'ann@example.com'
export const bob = 'bob@example.com'

export const conversationId = '3f6c1a52-9a3c-4c55-8c1f-0a1f5b8d2f10'
export const otherConversationId = '7d0b5a1e-40c2-4f0e-9a66-5b1c2d3e4f50'
export const messageId = 'a2f6b0de-6f4b-4f3e-8d5c-1c2b3a495867'
export const otherMessageId = 'b3a7c1ef-7a5c-4a4f-9e6d-2d3c4b5a6978'
export const fileId = 'c4b8d2f0-8b6d-4b50-8f7e-3e4d5c6b7a89'
export const unknownId = '00000000-0000-4000-8000-000000000000'
export const userId = 'd5c9e301-9c7e-4c61-9081-4f5e6d7c8b9a'

export const time = '2026-01-02T03:04:05.678Z'
