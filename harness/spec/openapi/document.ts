import type { AnyContract } from '#harness/contract/contract.ts'
import type { System } from '#harness/contract/system.ts'
import { generatedMark } from '../generated-file.ts'
import { schemaBook } from '../schema-book.ts'
import { withErrorNames, type SchemaNames } from '../schema-names.ts'
import { channelsOf } from './channels.ts'
import { requestIdHeader, type Writing } from './content.ts'
import { operationObject, tagOf } from './operation.ts'
import { securitySchemes } from './security.ts'

/** A component with a contract, in its system. */
export type Documented = Readonly<{
  system: System
  component: string
  contract: AnyContract
  names: SchemaNames
  version: string
}>

/** An OpenAPI document, as JSON has it. */
export type OpenApiDocument = Readonly<Record<string, unknown>>

/**
 * The OpenAPI 3.1 document of a component. Streams of events are operations that answer with text/event-stream, their events
 * in `x-events`; channels are in `x-channels`.
 */
export function openApiDocument({ system, component, contract, names, version }: Documented): OpenApiDocument {
  const book = schemaBook(withErrorNames(names, system))
  const writing: Writing = { book, requestIdHeader: contract.requestIdHeader }
  const paths = pathsOf(contract, writing)
  const failure = book.schemaOf(contract.errors.schema, 'output')
  const channels = channelsOf(contract, writing)
  const port = system.components[component]?.port
  return {
    openapi: '3.1.0',
    'x-generated': generatedMark('openapi', system.name),
    info: {
      title: contract.name,
      version,
      description: descriptionOf(contract, system.name, component),
    },
    ...(port !== undefined && { servers: [{ url: `http://127.0.0.1:${port}`, description: 'On its own port.' }] }),
    tags: tagsOf(contract),
    paths,
    ...(channels && { 'x-channels': channels }),
    components: {
      schemas: book.definitions(),
      headers: {
        RequestId: {
          description: 'The id of the request: the one it came with, or a new one.',
          schema: { type: 'string' },
        },
      },
      responses: {
        Failure: {
          description: 'Refused in the error shape that all operations have.',
          headers: requestIdHeader(writing),
          content: { 'application/json': { schema: failure } },
        },
      },
      ...(Object.keys(securitySchemes(contract)).length > 0 && { securitySchemes: securitySchemes(contract) }),
    },
  }
}

function pathsOf(contract: AnyContract, writing: Writing): Readonly<Record<string, Record<string, unknown>>> {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const [name, operation] of Object.entries(contract.operations)) {
    if (operation.kind === 'ws') continue
    const path = (paths[operation.path] ??= {})
    path[operation.method.toLowerCase()] = operationObject(name, operation, writing)
  }
  return paths
}

function tagsOf(contract: AnyContract): readonly Readonly<{ name: string }>[] {
  const operations = Object.values(contract.operations).filter(({ kind }) => kind !== 'ws')
  return [...new Set(operations.map(({ path }) => tagOf(path)))].map((name) => ({ name }))
}

function descriptionOf(contract: AnyContract, system: string, component: string): string {
  const requestId = `A request may bring its id in \`${contract.requestIdHeader}\`.`
  const channels = Object.values(contract.operations).filter(({ kind }) => kind === 'ws')
  const beside = channels.length > 0 ? ` WebSocket channels are described in \`x-channels\`.` : ''
  return `What ${component} of the system ${system} promises to those who call it. ${requestId}${beside}`
}
