import { contentOf, headersOf, type Content, type ReplyDefinition } from '#harness/contract/content.ts'
import type { AnyContract } from '#harness/contract/contract.ts'
import type { Operation } from '#harness/contract/operation.ts'
import { objectOf, type Schema } from '#harness/contract/schema.ts'
import type { Carrier, Security } from '#harness/contract/security.ts'
import type { System } from '#harness/contract/system.ts'
import { loadSystems } from '#harness/project/systems.ts'
import { loadSchemaNames } from '#harness/spec/load-schema-names.ts'
import { schemaBook, type SchemaBook, type Side } from '#harness/spec/schema-book.ts'
import { withErrorNames, type SchemaNames } from '#harness/spec/schema-names.ts'
import type {
  ContractDescription,
  Media,
  OperationDescription,
  ProjectDescription,
  ReplyDescription,
  SystemDescription,
} from './description.ts'

/** What the contracts of the project mean. */
export async function describeProject(): Promise<ProjectDescription> {
  const systems = await loadSystems()
  return Promise.all(systems.map(async (system) => describeSystem(system, await loadSchemaNames(system.name))))
}

/** What the contracts of a system mean. */
export function describeSystem(system: System, names: SchemaNames): SystemDescription {
  const known = withErrorNames(names, system)
  const components = Object.entries(system.components).flatMap(([name, { contract }]) =>
    contract ? [[name, describeContract(contract, known)] as const] : [],
  )
  return { name: system.name, edges: system.edges, components: Object.fromEntries(components) }
}

function describeContract(contract: AnyContract, names: SchemaNames): ContractDescription {
  const book = schemaBook(names)
  const operations = mapped(contract.operations, (operation) => describeOperation(operation, book))
  const states = mapped(contract.stateDefinitions, ({ params }) => book.schemaOf(params, 'input'))
  return { name: contract.name, operations, states, definitions: book.definitions() }
}

function describeOperation(operation: Operation, book: SchemaBook): OperationDescription {
  const { kind, method, path, spec } = operation
  const request = kind === 'ws' ? {} : { headers: spec.headers, body: media(contentOf(spec.body), 'input', book) }
  return {
    kind,
    method,
    path,
    ...(spec.auth && { auth: waysOf(spec.auth) }),
    params: book.schemaOf(objectOf(spec.params ?? {}), 'input'),
    query: book.schemaOf(objectOf(spec.query ?? {}), 'input'),
    headers: book.schemaOf(objectOf(request.headers ?? {}), 'input'),
    ...(request.body && { body: request.body }),
    replies: mapped(spec.replies ?? {}, (reply) => describeReply(reply, book)),
    ...channelOf(operation, book),
  }
}

type Streamed = Pick<OperationDescription, 'events' | 'order' | 'resumes' | 'send' | 'receive'>

function channelOf({ kind, spec }: Operation, book: SchemaBook): Streamed {
  const schemas = (of: Readonly<Record<string, Schema>>, side: Side) =>
    mapped(of, (schema) => book.schemaOf(schema, side))
  switch (kind) {
    case 'http':
      return {}
    case 'sse':
      return { events: schemas(spec.events, 'output'), order: spec.order, resumes: spec.resumes ?? false }
    case 'ws':
      return { send: schemas(spec.send, 'input'), receive: schemas(spec.receive, 'output') }
  }
}

function describeReply(definition: ReplyDefinition, book: SchemaBook): ReplyDescription {
  const body = media(contentOf(definition), 'output', book)
  return { headers: book.schemaOf(objectOf(headersOf(definition)), 'output'), ...(body && { body }) }
}

function media(content: Content, side: Side, book: SchemaBook): Media | undefined {
  switch (content.kind) {
    case 'none':
      return undefined
    case 'json':
      return { 'application/json': book.schemaOf(content.schema, side) }
    case 'text':
      return { [content.mediaType]: { type: 'string' } }
    case 'bytes':
      return Object.fromEntries(
        content.mediaTypes.map((type) => [type, { type: 'string', maxLength: content.maxBytes }]),
      )
  }
}

function waysOf({ carriers }: Security): readonly string[] {
  return carriers.map(wayOf).toSorted()
}

function wayOf(carrier: Carrier): string {
  switch (carrier.kind) {
    case 'cookie':
      return `cookie ${carrier.name}`
    case 'bearer':
      return 'bearer'
    case 'signature':
      return `${carrier.scheme} ${carrier.pattern}`
  }
}

function mapped<V, W>(record: Readonly<Record<string, V>>, map: (value: V) => W): Readonly<Record<string, W>> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]))
}
