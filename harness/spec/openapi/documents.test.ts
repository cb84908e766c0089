import SwaggerParser from '@apidevtools/swagger-parser'
import { loadSystem, systemNames } from '#harness/project/systems.ts'
import { loadSchemaNames } from '../load-schema-names.ts'
import { example, exampleNames } from '../testing/example-system.ts'
import type { OpenApiDocument } from './document.ts'
import { openApiDocuments, openApiFiles } from './documents.ts'

type Input = Parameters<typeof SwaggerParser.validate>[0]

/** Validates a copy: the validator resolves references in place. */
async function validate(document: OpenApiDocument): Promise<void> {
  await SwaggerParser.validate(structuredClone(document) as unknown as Input)
}

async function exampleDocument(component: string): Promise<OpenApiDocument> {
  return (await openApiDocuments(example, exampleNames)).get(component) ?? {}
}

test.each(await systemNames())(
  'all documents of %s are valid OpenAPI 3.1',
  async (name) => {
    const documents = await openApiDocuments(await loadSystem(name), await loadSchemaNames(name))
    expect(documents.size).toBeGreaterThan(0)
    for (const document of documents.values()) await expect(validate(document)).resolves.toBeUndefined()
  },
  30_000,
)

test.each(['book-shelf', 'oddities'])(
  'the document of %s is valid too, odd as it is',
  async (component) => {
    await expect(validate(await exampleDocument(component))).resolves.toBeUndefined()
  },
  30_000,
)

test.each<[string, (document: string) => string]>([
  ['a reference to nothing', (text) => text.replaceAll('schemas/BookShelfProblem', 'schemas/Nothing')],
  ['a parameter that stands nowhere', (text) => text.replace('"in":"path"', '"in":"route"')],
  ['a reply without a description', (text) => text.replace('"description":"Created"', '"descr":"Created"')],
  ['an unknown kind of security', (text) => text.replace('"type":"apiKey"', '"type":"magic"')],
  ['another version', (text) => text.replace('3.1.0', '4.0.0')],
])(
  'the validator refuses %s',
  async (_what, broken) => {
    const text = JSON.stringify(await exampleDocument('book-shelf'))
    expect(broken(text)).not.toBe(text)
    await expect(validate(JSON.parse(broken(text)) as OpenApiDocument)).rejects.toThrow(
      /Swagger schema validation failed|Missing \$ref pointer|Unsupported OpenAPI version|schemas\/Nothing/,
    )
  },
  30_000,
)

test('an operation says what it takes and gives', async () => {
  const { paths } = await exampleDocument('oddities')
  expect(paths).toHaveProperty(['/things/{thingId}/{part}', 'put'])
  expect((paths as Record<string, unknown>)['/things/{thingId}/{part}']).toMatchObject({
    put: {
      operationId: 'putThing',
      tags: ['things'],
      summary: 'Keeps a thing, "\\quoted" and """all""".',
      security: [{ keyBearer: [] }, { keyCookie: [] }, { keySignature: [] }],
      parameters: [
        { name: 'thingId', in: 'path', required: true, schema: { type: 'string' } },
        { name: 'part', in: 'path', required: true, schema: { type: 'integer' } },
        { name: 'from', in: 'query', required: true },
        { name: 'limit', in: 'query', required: false },
        { name: 'colours', in: 'query', schema: { type: 'array', items: { $ref: '#/components/schemas/Colour' } } },
        { name: 'if-match', in: 'header', required: true },
        { name: 'x-note', in: 'header', required: false },
      ],
      requestBody: {
        required: true,
        content: { 'application/json': { schema: { $ref: '#/components/schemas/ThingInput' } } },
      },
      responses: {
        200: {
          description: 'OK',
          headers: {
            etag: { required: true, schema: { type: 'string' } },
            age: { required: false },
            'x-trace': { $ref: '#/components/headers/RequestId' },
          },
          content: { 'application/json': { schema: { $ref: '#/components/schemas/Thing' } } },
        },
        204: { description: 'No Content' },
        412: { content: { 'application/json': { schema: { $ref: '#/components/schemas/OdditiesProblem' } } } },
        default: { $ref: '#/components/responses/Failure' },
      },
    },
  })
})

test('credentials are told by how they travel', async () => {
  const { components } = await exampleDocument('oddities')
  expect(components).toMatchObject({
    securitySchemes: {
      keyBearer: { type: 'http', scheme: 'bearer' },
      keyCookie: { type: 'apiKey', in: 'cookie', name: 'key' },
      keySignature: {
        type: 'apiKey',
        in: 'header',
        name: 'Authorization',
        'x-scheme': 'Signature',
        'x-pattern': '[a-z]+',
      },
    },
  })
})

test('texts and bytes go under their media types', async () => {
  const shelf = await exampleDocument('book-shelf')
  expect(shelf['paths']).toMatchObject({
    '/books/{id}/cover': {
      put: {
        requestBody: { description: 'Up to 100 bytes.', content: { 'image/*': { schema: { format: 'binary' } } } },
      },
    },
    '/readme': { get: { responses: { 200: { content: { 'text/plain': { schema: { type: 'string' } } } } } } },
  })
})

test('a stream is an operation with its events beside it, a channel stands apart', async () => {
  const shelf = await exampleDocument('book-shelf')
  expect(shelf['paths']).toMatchObject({
    '/books/{id}/words': {
      get: {
        parameters: [{ name: 'id' }, { name: 'last-event-id', in: 'header', required: false }],
        responses: { 200: { content: { 'text/event-stream': { schema: { type: 'string' } } } }, 404: {} },
        'x-events': { word: { properties: { text: { type: 'string' } } }, end: {} },
        'x-order': 'word* end',
        'x-resumes': true,
      },
    },
  })
  expect(shelf['paths']).not.toHaveProperty('/desk')
  expect(shelf['x-channels']).toMatchObject({
    desk: { path: '/desk', send: { ask: {} }, receive: { found: {}, unknown: {} }, refusals: { 401: {} } },
  })
})

test('the same contracts give the same files, each with its mark', async () => {
  const files = await openApiFiles(example, exampleNames)
  expect(await openApiFiles(example, exampleNames)).toEqual(files)
  expect(files.map(({ path }) => path)).toEqual(['book-shelf.openapi.json', 'oddities.openapi.json'])
  for (const { text } of files) expect(text.slice(0, 200)).toContain('Generated by: concordat export openapi example.')
})
