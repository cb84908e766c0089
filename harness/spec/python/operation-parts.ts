import { contentOf, headersOf, type Content, type ReplyDefinition } from '#harness/contract/content.ts'
import type { HttpOperation } from '#harness/contract/operation.ts'
import { objectOf, type Fields } from '#harness/contract/schema.ts'
import { pascalCase } from '../case.ts'
import type { Side } from '../schema-book.ts'
import type { SpecSchema } from '../spec-schema.ts'
import { identifierOf } from './names.ts'
import { pythonType } from './python-type.ts'
import type { Scope } from './scope.ts'
import { pythonTuple } from './text.ts'

/** A body in Python: the type that people see, and the expression that the runtime reads it by. */
export type PythonContent = Readonly<{ type: string; expression: string; schema: SpecSchema | undefined }>

/** One reply in Python. */
export type PythonAnswer = Readonly<{ status: number; content: PythonContent; expression: string }>

/** A named operation and the module that it is written for. */
export type Subject = Readonly<{ name: string; operation: HttpOperation; scope: Scope }>

/** `PutPlan` of `putPlan`: what the types of an operation are called by. */
export function typeStem({ name }: Subject): string {
  return pascalCase(name)
}

/** `_PUT_PLAN`: the operation as a constant. */
export function constantOf({ name }: Subject): string {
  return `_${identifierOf(name).toUpperCase()}`
}

/** The body that an operation takes. */
export function bodyOf(subject: Subject): PythonContent {
  return contentIn(contentOf(subject.operation.spec.body), 'input', {
    name: `${typeStem(subject)}Body`,
    scope: subject.scope,
  })
}

/** The replies of an operation, by status. */
export function answersOf(subject: Subject): readonly PythonAnswer[] {
  return Object.entries(subject.operation.spec.replies).map(([status, definition]) => {
    const name = `${typeStem(subject)}${Number(status) < 400 ? 'Reply' : 'Refusal'}`
    const content = contentIn(contentOf(definition), 'output', { name, scope: subject.scope })
    const headers = requiredHeaders(definition, subject.scope)
    const inside = headers.length === 0 ? content.expression : `${content.expression}, ${pythonTuple(headers)}`
    return { status: Number(status), content, expression: `Answer(${inside})` }
  })
}

/** The properties of named schemas. */
export function propertiesOf(
  fields: Fields,
  side: Side,
  scope: Scope,
): { properties: Readonly<Record<string, SpecSchema>>; required: ReadonlySet<string> } {
  const { properties = {}, required = [] } = scope.book.schemaOf(objectOf(fields), side)
  return { properties, required: new Set(required) }
}

function requiredHeaders(definition: ReplyDefinition, scope: Scope): readonly string[] {
  return [...propertiesOf(headersOf(definition), 'output', scope).required]
}

function contentIn(content: Content, side: Side, { name, scope }: { name: string; scope: Scope }): PythonContent {
  switch (content.kind) {
    case 'none':
      return { type: 'None', expression: 'NoContent()', schema: undefined }
    case 'text':
      return { type: 'str', expression: `Text(${JSON.stringify(content.mediaType)})`, schema: undefined }
    case 'bytes':
      return { type: 'bytes', expression: 'Bytes()', schema: undefined }
    case 'json': {
      const schema = scope.book.schemaOf(content.schema, side)
      const type = pythonType(schema, name, scope)
      return { type, expression: `Json(${type})`, schema }
    }
  }
}
