import { nameOfReference, type SpecSchema } from '../spec-schema.ts'
import { identifierOf, identifiersFor } from './names.ts'
import { pathParameters } from '#harness/contract/path.ts'
import {
  answersOf,
  bodyOf,
  constantOf,
  propertiesOf,
  typeStem,
  type PythonContent,
  type Subject,
} from './operation-parts.ts'
import { pythonType } from './python-type.ts'
import { queryText, type QueryText } from './query-text.ts'
import type { Scope } from './scope.ts'
import { bracketed, docstring, indented, pythonString } from './text.ts'

/** An operation in Python: the types of its query, the constant that describes it, the method that calls it. */
export type OperationText = Readonly<{
  types: readonly (readonly string[])[]
  constant: readonly string[]
  method: readonly string[]
}>

/** Writes an operation. The shapes of its bodies are declared in the module's scope. */
export function operationText(subject: Subject): OperationText {
  // First, so that its shapes come before those of the replies.
  bodyOf(subject)
  const query = queryText(subject)
  const result = resultType(subject)
  return { types: query.types, constant: constantText(subject, result), method: methodText(subject, query, result) }
}

function resultType(subject: Subject): string {
  const types = [
    ...new Set(
      answersOf(subject)
        .filter(({ status }) => status < 400)
        .map(({ content }) => content.type),
    ),
  ]
  const plain = types.filter((type) => type !== 'None')
  const all = plain.length > 1 ? `Union[${plain.join(', ')}]` : (plain[0] ?? 'None')
  return plain.length < types.length && plain.length > 0 ? `Optional[${all}]` : all
}

function constantText(subject: Subject, result: string): readonly string[] {
  const { operation } = subject
  const body = bodyOf(subject)
  const answers = answersOf(subject).map(({ status, expression }) => `${status}: ${expression}`)
  const parts = [
    `name=${pythonString(identifierOf(subject.name))}`,
    `method=${pythonString(operation.method)}`,
    `path=${pythonString(operation.path)}`,
    bracketed(['answers={', '}'], answers, 2).join('\n    '),
    ...(body.type === 'None' ? [] : [`body=${body.expression}`]),
    ...(operation.spec.auth ? ['authenticated=True'] : []),
  ]
  const open = `${constantOf(subject)}: Operation[${result}] = Operation(`
  return [open, ...indented(parts.map((part) => `${part},`)), ')']
}

function methodText(subject: Subject, query: QueryText, result: string): readonly string[] {
  const names = pathParameters(subject.operation.path)
  const identifiers = identifiersFor(names)
  const { properties } = propertiesOf(subject.operation.spec.params ?? {}, 'input', subject.scope)
  const positional = names.map(
    (name) => `${identifiers.get(name)}: ${pythonType(properties[name] ?? {}, typeStem(subject), subject.scope)}`,
  )
  const body = bodyOf(subject)
  const keywords = [
    ...(query.parameter ? [query.parameter] : []),
    ...(body.type === 'None' ? [] : [`body: ${bodyType(body, subject)}`]),
    headersParameter(subject),
  ]
  const params = names.map((name) => `${pythonString(name)}: ${identifiers.get(name)}`)
  const given = [
    constantOf(subject),
    `{${params.join(', ')}}`,
    ...(query.parameter ? ['query=query'] : []),
    ...(body.type === 'None' ? [] : ['body=body']),
    'headers=headers',
  ]
  return [
    ...bracketed(
      [`def ${identifierOf(subject.name)}(`, `) -> Reply[${result}]:`],
      ['self', ...positional, '*', ...keywords],
      1,
    ),
    ...indented(methodDoc(subject)),
    ...indented(bracketed(['return self._call(', ')'], given, 2)),
  ]
}

function headersParameter({ operation, scope }: Subject): string {
  const { required } = propertiesOf(operation.spec.headers ?? {}, 'input', scope)
  return required.size > 0 ? 'headers: Mapping[str, str]' : 'headers: Optional[Mapping[str, str]] = None'
}

/** Whoever has no use for a class may give a plain dict for it. */
function bodyType({ type, schema }: PythonContent, { scope }: Subject): string {
  return schema && isObject(schema, scope) ? `Union[${type}, Mapping[str, Any]]` : type
}

function isObject(schema: SpecSchema, scope: Scope): boolean {
  const named = schema.$ref === undefined ? undefined : scope.book.definitions()[nameOfReference(schema.$ref)]
  if (named) return isObject(named, scope)
  return schema.properties !== undefined || (schema.anyOf ?? schema.oneOf ?? []).some((one) => isObject(one, scope))
}

function methodDoc(subject: Subject): readonly string[] {
  const { operation } = subject
  const statuses = Object.keys(operation.spec.replies).map(Number)
  const refusals = statuses.filter((status) => status >= 400)
  const answers = `${operation.method} ${operation.path}: answers ${statuses.filter((status) => status < 400).join(' or ')}`
  const facts = `${answers}${refusals.length > 0 ? `, refuses with ${refusals.join(', ')}` : ''}.`
  return docstring(operation.spec.summary === undefined ? [facts] : [operation.spec.summary, facts], 2)
}
