import { jsonSchemaOf } from '#harness/contract/schema.ts'
import { conversation, hundredRoutes } from '../project/contracts/hundred/routes.ts'

const uuid = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}'

/** The same routes as stubs of WireMock. It checks the body that is sent by its schema, and no reply. */
export function stubs(): readonly object[] {
  const headers = { 'Content-Type': 'application/json' }
  const body = JSON.stringify(conversation)
  const reading = Array.from({ length: 100 }, (_, n) => ({
    request: { method: 'GET', urlPathPattern: `/api/r${n}/${uuid}` },
    response: { status: 200, headers, body },
  }))
  const schema = JSON.stringify(jsonSchemaOf(hundredRoutes.operations.create.spec.body))
  const creating = {
    request: {
      method: 'POST',
      urlPath: '/api/conversations',
      bodyPatterns: [{ matchesJsonSchema: schema, schemaVersion: 'V202012' }],
    },
    response: { status: 201, headers, body },
  }
  return [...reading, creating]
}
