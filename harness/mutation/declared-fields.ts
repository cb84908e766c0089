import type { JsonSchema } from '#harness/contract/schema.ts'
import { each, placeText, type Steps } from './place.ts'

/** A place that a contract declares, with its schema. */
export type DeclaredField = Readonly<{ steps: Steps; schema: JsonSchema }>

/** How deep into a schema that refers to itself. */
const deepest = 8

/** All places that a schema declares, those of every alternative among them; the whole value is none of them. */
export function declaredFields(root: JsonSchema): readonly DeclaredField[] {
  const found = new Map<string, DeclaredField>()
  collect({ steps: [], schema: root }, root, found)
  return [...found.values()]
}

function collect({ steps, schema }: DeclaredField, root: JsonSchema, found: Map<string, DeclaredField>): void {
  if (steps.length > deepest) return
  for (const at of alternativesOf(schema, root)) {
    const below: DeclaredField[] = [
      ...Object.entries(at.properties ?? {}).map(([key, field]) => ({ steps: [...steps, key], schema: field })),
      ...(at.items ? [{ steps: [...steps, each] satisfies Steps, schema: at.items }] : []),
    ]
    for (const field of below) {
      const text = placeText(field.steps)
      if (!found.has(text)) found.set(text, field)
      collect(field, root, found)
    }
  }
}

/** The schemas that a value may be of: references followed, alternatives taken apart. */
export function alternativesOf(schema: JsonSchema, root: JsonSchema): readonly JsonSchema[] {
  if (schema.$ref !== undefined) {
    const name = schema.$ref.split('/').at(-1) ?? ''
    const target = schema.$ref === '#' ? root : root.$defs?.[name]
    return target ? alternativesOf(target, root) : []
  }
  const several = schema.anyOf ?? schema.oneOf ?? schema.allOf
  return several ? several.flatMap((one) => alternativesOf(one, root)) : [schema]
}
