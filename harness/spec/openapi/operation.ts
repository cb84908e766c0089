import { contentOf } from '#harness/contract/content.ts'
import type { HttpOperation, SseOperation } from '#harness/contract/operation.ts'
import { pathParameters } from '#harness/contract/path.ts'
import { objectOf, type Fields } from '#harness/contract/schema.ts'
import { sentenceCase } from '../case.ts'
import { requestBody, requestIdHeader, responseObject, type Writing } from './content.ts'
import { securityOf } from './security.ts'

type Described = Readonly<Record<string, unknown>>
type Documented = HttpOperation | SseOperation

/** An operation as OpenAPI has it. */
export function operationObject(name: string, operation: Documented, writing: Writing): Described {
  const { spec } = operation
  const parameters = parametersOf(operation, writing)
  const body = requestBody(contentOf(spec.body), writing.book)
  return {
    operationId: name,
    tags: [tagOf(operation.path)],
    summary: spec.summary ?? `${sentenceCase(name)}.`,
    ...(spec.auth && { security: securityOf(spec.auth) }),
    ...(parameters.length > 0 && { parameters }),
    ...(body && { requestBody: body }),
    responses: responsesOf(operation, writing),
    ...(operation.kind === 'sse' && streamExtensions(operation, writing)),
  }
}

/** Operations are sorted by what they are about: the first word of the path that says so. */
export function tagOf(path: string): string {
  const words = path.split('/').filter((step) => step !== '' && step !== 'api' && !step.startsWith('{'))
  return words[0] ?? 'root'
}

function parametersOf({ path, spec, kind, ...rest }: Documented, writing: Writing): readonly Described[] {
  const resumes = kind === 'sse' && 'resumes' in spec && spec.resumes && rest.method === 'GET'
  return [
    ...pathParameters(path).flatMap((name) => parametersIn('path', { [name]: spec.params?.[name] }, writing)),
    ...parametersIn('query', spec.query ?? {}, writing),
    ...parametersIn('header', spec.headers ?? {}, writing),
    ...(resumes ? [lastEventId] : []),
  ]
}

const lastEventId = {
  name: 'last-event-id',
  in: 'header',
  required: false,
  description: 'Goes on after this event (WHATWG HTML, server-sent events).',
  schema: { type: 'string' },
} as const

type MaybeFields = Readonly<Record<string, Fields[string] | undefined>>

function parametersIn(
  where: 'path' | 'query' | 'header',
  fields: MaybeFields,
  { book }: Writing,
): readonly Described[] {
  const { properties = {}, required = [] } = book.schemaOf(objectOf(fields as Fields), 'input')
  return Object.entries(properties).map(([name, { description, ...schema }]) => ({
    name,
    in: where,
    required: where === 'path' || required.includes(name),
    ...(description !== undefined && { description }),
    schema,
  }))
}

function responsesOf(operation: Documented, writing: Writing): Described {
  const declared = Object.entries(operation.spec.replies ?? {}).map(
    ([status, definition]) => [status, responseObject(Number(status), definition, writing)] as const,
  )
  const stream = {
    200: {
      description: 'A stream of server-sent events, listed in x-events.',
      headers: requestIdHeader(writing),
      content: { 'text/event-stream': { schema: { type: 'string' } } },
    },
  }
  return {
    ...(operation.kind === 'sse' && stream),
    ...Object.fromEntries(declared),
    default: { $ref: '#/components/responses/Failure' },
  }
}

function streamExtensions({ spec }: SseOperation, { book }: Writing): Described {
  const events = Object.entries(spec.events).map(([name, schema]) => [name, book.schemaOf(schema, 'output')])
  return { 'x-events': Object.fromEntries(events), 'x-order': spec.order, 'x-resumes': spec.resumes ?? false }
}
