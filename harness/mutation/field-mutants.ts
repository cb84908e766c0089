import { isPlainObject } from '#harness/contract/example.ts'
import { jsonSchemaOf, type JsonSchema, type Schema } from '#harness/contract/schema.ts'
import { forbids, schemaAt } from './contract-view.ts'
import { alternativesOf, declaredFields, type DeclaredField } from './declared-fields.ts'
import type { Mutant, Mutants, Unobservable } from './mutant.ts'
import { takes } from './pact-rules.ts'
import { changeAt, each, placeText, removed, type Holder } from './place.ts'
import { usedFields, type Seen, type SeenBody, type UsedField } from './used-fields.ts'
import { valueMutations, type ValueMutation } from './value-mutations.ts'

/** A JSON value that a provider gives in one place: the body of a status, the data of an event or a message. */
export type FieldSite = Readonly<{
  operation: string
  /** How its places begin: `200 $`. */
  name: string
  schema: Schema
  /** What the pact has of it. */
  bodies: readonly SeenBody[]
  /** The interactions that meet such a value, also those that read nothing of it. */
  interactions: readonly number[]
  on: Mutant['on']
  /** Puts a change of the value between provider and replay. */
  hooks: (change: (holder: Holder) => void) => Mutant['hooks']
}>

/** What may be wrong with the fields of a value: those that the pact uses, and those that the contract declares beside them. */
export function fieldMutants(site: FieldSite): Mutants {
  const used = usedFields(site.bodies)
  const tried = used.flatMap((field) => usedMutants(site, field))
  const places = new Set(used.map(({ steps }) => placeText(steps)))
  const root = jsonSchemaOf(site.schema)
  const unread = declaredFields(root).filter(({ steps }) => steps.at(-1) !== each && !places.has(placeText(steps)))
  return {
    mutants: [...tried.filter((one) => 'hooks' in one), ...unread.flatMap((field) => unreadMutants(site, field, root))],
    unobservable: tried.filter((one) => 'why' in one),
  }
}

function usedMutants(site: FieldSite, field: UsedField): readonly (Mutant | Unobservable)[] {
  const [first] = field.seen
  const name = field.steps.at(-1)
  if (first === undefined || name === undefined) return []
  const mutations = valueMutations(schemaAt(site.schema, first), first.value, name === each ? undefined : name)
  return mutations.map((mutation) => usedMutant(site, { ...field, mutation }))
}

function usedMutant(
  site: FieldSite,
  { steps, seen, mutation }: UsedField & Readonly<{ mutation: ValueMutation }>,
): Mutant | Unobservable {
  const refusing = seen.filter((one) => refuses(one, mutation))
  const isForbidden = seen.some((one) => forbids(site.schema, one, mutation.apply))
  const base = { operation: site.operation, place: site.name + placeText(steps), change: mutation.change }
  if (refusing.length === 0 && mutation.change === 'first item removed') return { ...base, ...oneOrMore }
  const others = seen.filter((one) => !refusing.includes(one))
  return {
    ...base,
    class: mutation.class,
    used: true,
    expected: isForbidden || refusing.length > 0 ? 'caught' : 'green',
    on: site.on,
    hooks: site.hooks((holder) => void changeAt(holder, steps, mutation.apply)),
    interactions: [...new Set([...refusing, ...others].map(({ body }) => body.interaction))],
    severity: refusing.length === 0 && seen.every(saysOnlyTheType) ? 'warning' : 'error',
    advice: adviceFor(placeText(steps), mutation.change),
  }
}

/** Pact takes "one or more like it" for what a list with one example says. */
const oneOrMore = {
  why: 'the example has one item, which says "one or more like it": whether one of several is gone, no replay can see',
  advice: 'Give the example two items, or as many as the state makes, where the number matters.',
}

/** Pact's own minimum: then the test is weak, but it did not promise more. */
function saysOnlyTheType({ matchers }: Seen): boolean {
  return matchers.length > 0 && matchers.every(({ match }) => match === 'type')
}

/** Whether the pact, as it is written, does not take what the change makes of its example. */
function refuses({ matchers, value }: Seen, { turn, change }: ValueMutation): boolean {
  if (turn === undefined) return true
  if (change === 'first item removed' && Array.isArray(value) && value.length === 1) return false
  return !takes(matchers, value, turn(value))
}

function adviceFor(place: string, change: string): string {
  const field = place.slice(place.startsWith('.') ? 1 : 0)
  if (change === 'emptied') return `Mark ${field} in the example: matching('.+', …) where a text must not be empty.`
  return `Mark ${field} in the example: exactly(…) where its value matters, matching(…) where its form does.`
}

/** What nobody reads may be gone, null or of another type, also where it was left out before. */
function unreadMutants(site: FieldSite, { steps, schema }: DeclaredField, root: JsonSchema): readonly Mutant[] {
  const name = steps.at(-1)
  if (name === undefined || name === each) return []
  const owner = steps.slice(0, -1)
  const set = (value: unknown) => (holder: Holder) =>
    void changeAt(holder, owner, (holding, key) => {
      const object = holding[key]
      if (isPlainObject(object)) object[name] = value
    })
  const changes: readonly (readonly [string, string, (holder: Holder) => void])[] = [
    ['C8', 'removed', (holder) => void changeAt(holder, steps, removed)],
    ['C12', 'null', set(null)],
    ['C10', 'of another type', set(anotherType(schema, root))],
  ]
  return changes.map(([label, change, apply]) => ({
    class: label,
    operation: site.operation,
    place: site.name + placeText(steps),
    change,
    used: false,
    expected: 'green' as const,
    on: site.on,
    hooks: site.hooks(apply),
    interactions: site.interactions,
    severity: 'error' as const,
    advice: `Leave ${placeText(steps)} out of what the replay compares.`,
  }))
}

function anotherType(schema: JsonSchema, root: JsonSchema): unknown {
  return alternativesOf(schema, root).some(({ type }) => type === 'string') ? 7 : 'another type'
}
