import { backend } from '#contracts/workbench/backend.ts'
import { consumer } from '#harness/pact/record/recorder.ts'
import { conversationId } from './testing/examples.ts'

const frontend = consumer('workbench-frontend').of(backend)
/** Where the pages come from: another origin than the backend's, so that a browser asks before it calls. */
const from = { origin: 'http://localhost:4510' }

frontend.recordsPreflight(
  'its pages may create a conversation',
  backend.createConversation({ body: { title: 'Plans', model: 'gpt-4' } }),
  from,
)

frontend.recordsPreflight(
  'its pages may rename a conversation',
  backend.renameConversation({ params: { id: conversationId }, body: { title: 'Plans' } }),
  from,
)

frontend.recordsPreflight(
  'its pages may remove a conversation',
  backend.deleteConversation({ params: { id: conversationId } }),
  from,
)

frontend.recordsPreflight(
  'its pages may ask for an answer',
  backend.streamChat({ body: { conversation_id: conversationId, message: 'Where to in spring?' } }),
  from,
)
