import { system } from '#contracts/workbench/system.ts'
import { startStack } from '#harness/scenario/stack.ts'

// The real backend of the workbench in a process of its own, with real stores, and the tap before it in this one; somebody
// is signed in and has a conversation.

const owner = 'ann@example.com'
const id = '3f6c1a52-9a3c-4c55-8c1f-0a1f5b8d2f10'

const stack = await startStack(system, 'live')
const { token } = await stack.setUp('backend', 'signedIn', { email: owner })
await stack.setUp('backend', 'conversationExists', { owner, id, title: 'Plans' })
process.send?.({
  url: stack.component('backend').url(),
  others: [stack.url('frontend', 'backend')],
  path: `/api/conversations/${id}`,
  headers: { authorization: `Bearer ${String(token)}` },
})
process.once('disconnect', () => void stack[Symbol.asyncDispose]().then(() => process.exit()))
