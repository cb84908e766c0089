import { isPlainObject } from '#harness/contract/example.ts'
import type { Place } from '#harness/contract/partial.ts'
import { matchersAt, type BodyRules, type Matcher } from './pact-rules.ts'
import { each, placeText, type Steps } from './place.ts'

/** One example of a JSON value in a pact: a reply's body, an event's or a message's data. */
export type SeenBody = Readonly<{
  /** Which interaction of the pact, by its index. */
  interaction: number
  example: unknown
  rules: BodyRules
  /** The place of the example in its content, in all the ways that its matchers may be written: the nearest first. */
  paths: readonly string[]
}>

/** A value at one place of one example. */
export type Seen = Readonly<{ body: SeenBody; place: Place; value: unknown; matchers: readonly Matcher[] }>

/** A place that examples of a pact hold, with all of what they hold there. */
export type UsedField = Readonly<{ steps: Steps; seen: readonly Seen[] }>

/** The places that a pact uses, in the order in which its examples have them; the whole body is none of them. */
export function usedFields(bodies: readonly SeenBody[]): readonly UsedField[] {
  const fields = new Map<string, { steps: Steps; seen: Seen[] }>()
  for (const body of bodies) {
    walk({ value: body.example, steps: [], place: [], paths: body.paths }, (at) => {
      const text = placeText(at.steps)
      const field = fields.get(text) ?? { steps: at.steps, seen: [] }
      field.seen.push({ body, place: at.place, value: at.value, matchers: matchersAt(body.rules, at.paths) })
      fields.set(text, field)
    })
  }
  return [...fields.values()]
}

type At = Readonly<{ value: unknown; steps: Steps; place: Place; paths: readonly string[] }>

function walk({ value, steps, place, paths }: At, visit: (at: At) => void): void {
  const go = (at: At): void => {
    visit(at)
    walk(at, visit)
  }
  if (Array.isArray(value)) {
    value.forEach((item: unknown, index) =>
      go({
        value: item,
        steps: [...steps, each],
        place: [...place, index],
        paths: [`[${index}]`, '[*]'].flatMap((step) => paths.map((path) => path + step)),
      }),
    )
  } else if (isPlainObject(value)) {
    for (const [key, field] of Object.entries(value)) {
      const written = placeText([key])
      go({ value: field, steps: [...steps, key], place: [...place, key], paths: paths.map((path) => path + written) })
    }
  }
}
