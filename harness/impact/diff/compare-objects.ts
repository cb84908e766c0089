import type { SpecSchema } from '#harness/spec/spec-schema.ts'
import type { AnySchema } from './alternatives.ts'
import type { At, Compare } from './compare-schemas.ts'
import type { Difference } from './difference.ts'
import { compareConstraints } from './scalars.ts'

/** Fields of any name, as in a map; and those beside the ones that are named, which no consumer knows. */
const anyField = '*'
const furtherFields = '(further fields)'

const compared = new Set(['properties', 'required', 'additionalProperties'])

type Context = Readonly<{ at: At; compare: Compare }>

/** How two shapes of objects differ: their fields, which of them have to be there, and what else may be. */
export function compareObjects(before: AnySchema, after: AnySchema, context: Context): readonly Difference[] {
  const { at, compare } = context
  const names = new Set([...Object.keys(before.properties ?? {}), ...Object.keys(after.properties ?? {})])
  return [
    ...compareConstraints(before, after, compared).map((said) => ({ path: at.path, ...said })),
    ...[...names].flatMap((name) => compareField(name, { before, after }, context)),
    ...compare(before.additionalProperties, after.additionalProperties, {
      ...at,
      path: [...at.path, names.size > 0 ? furtherFields : anyField],
    }),
  ]
}

type Sides = Readonly<{ before: AnySchema; after: AnySchema }>

function compareField(name: string, { before, after }: Sides, context: Context): readonly Difference[] {
  const path = [...context.at.path, name]
  const [old, now] = [before.properties?.[name], after.properties?.[name]]
  const [had, has] = [before, after].map(({ required = [] }) => required.includes(name))
  if (old === undefined) return addedField(path, { before, field: now, isRequired: has === true }, context)
  if (now === undefined) return [{ path, change: 'removed', what: 'is gone' }]
  const must: readonly Difference[] =
    had === has
      ? []
      : [
          has
            ? { path, change: 'required', what: 'is required now' }
            : { path, change: 'optional', what: 'may be missing now' },
        ]
  return [...must, ...context.compare(old, now, { ...context.at, path })]
}

type Added = Readonly<{ before: AnySchema; field: SpecSchema | undefined; isRequired: boolean }>

/** A new field. Where the object was described for fields of any name, it is one of these. */
function addedField(
  path: readonly string[],
  { before, field, isRequired }: Added,
  { at, compare }: Context,
): readonly Difference[] {
  const others = before.additionalProperties
  const what = isRequired ? 'is new, and required' : 'is new'
  const added: Difference = { path, change: isRequired ? 'added-required' : 'added', what }
  const described = typeof others === 'object' ? compare(others, field, { ...at, path }) : []
  const refused: readonly Difference[] =
    others === false ? [{ path, change: 'wider', what: 'was not allowed before, and is now' }] : []
  return [added, ...refused, ...described]
}
