import { jsonSchemaOf } from '#harness/contract/schema.ts'
import { conversation, hundredRoutes, newConversation } from '../project/contracts/hundred/routes.ts'

/** The 100 reading routes and the writing one as an OpenAPI document, with the very reply as example. */
export function openApi(): object {
  const { create, read99 } = hundredRoutes.operations
  const reply = {
    description: 'The conversation.',
    content: { 'application/json': { schema: jsonSchemaOf(read99.spec.replies[200]), example: conversation } },
  }
  const body = { 'application/json': { schema: jsonSchemaOf(create.spec.body), example: newConversation } }
  const id = { name: 'id', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } }
  return {
    openapi: '3.1.0',
    info: { title: 'A hundred routes', version: '1' },
    paths: {
      ...Object.fromEntries(
        Array.from({ length: 100 }, (_, n) => [
          `/api/r${n}/{id}`,
          { get: { operationId: `read${n}`, parameters: [id], responses: { 200: reply } } },
        ]),
      ),
      '/api/conversations': {
        post: { operationId: 'create', requestBody: { required: true, content: body }, responses: { 201: reply } },
      },
    },
  }
}
