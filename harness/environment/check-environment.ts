import { environmentProblems } from '#harness/contract/environment.ts'
import type { Finding } from '#harness/contract/finding.ts'
import { jsonSchemaOf, type Schema } from '#harness/contract/schema.ts'
import type { Agreement, System } from '#harness/contract/system.ts'

export type Variables = Readonly<Record<string, string | undefined>>

/**
 * Checks variables against the environment contract of a system: each component's own, missing or malformed, then the
 * values that have to agree. Messages never hold the value of a variable that is declared as a secret.
 */
export function checkEnvironment(system: System, variables: Variables): readonly Finding[] {
  return [...problemsOf(system, variables), ...contradictions(system, variables)]
}

/** One finding per variable, however many components need it. */
function problemsOf(system: System, variables: Variables): readonly Finding[] {
  const found = new Map<string, Finding>()
  for (const [component, { environment }] of Object.entries(system.components)) {
    for (const { variable, kind, message } of environmentProblems(environment, variables)) {
      if (found.has(`${variable} ${kind} ${message}`)) continue
      found.set(`${variable} ${kind} ${message}`, {
        code: kind === 'missing' ? 'environment-missing' : 'environment-malformed',
        severity: 'error',
        edge: system.name,
        path: variable,
        message: `${component} needs it: ${message.replace(/\.$/, '')}.`,
        fix: kind === 'missing' ? 'Set it.' : 'Correct its value.',
      })
    }
  }
  return [...found.values()]
}

function contradictions(system: System, variables: Variables): readonly Finding[] {
  return system.agreements.flatMap((agreement): Finding[] => {
    const sides = readSides(system, agreement, variables)
    const isSecret = sides.some((side) => side.isSecret)
    // A map keeps the order of the sides; an object would put ports in the order of their numbers.
    const groups = [...Map.groupBy(sides, ({ value }) => value).values()]
    if (groups.length < 2) return []
    return [
      {
        code: 'environment-contradiction',
        severity: 'error',
        edge: system.name,
        path: oddOneOut(groups),
        message: `${agreement.what}: ${sides.map((side) => inWords(side, isSecret)).join(', ')}.`,
        fix: 'Make them agree.',
      },
    ]
  })
}

type Side = Readonly<{ variable: string; value: string; isDefault: boolean; isSecret: boolean }>

/** What each side says; one that is missing without a default, or malformed, says nothing: that is a finding of its own. */
function readSides(system: System, { between }: Agreement, variables: Variables): readonly Side[] {
  return between.flatMap(({ component, variable, read }): Side[] => {
    const schema = system.components[component]?.environment[variable]
    if (!schema) return []
    const text = textOf(schema, variables[variable])
    const value = text === undefined ? undefined : attempt(() => read(text))
    if (value === undefined) return []
    return [
      { variable, value, isDefault: !variables[variable], isSecret: jsonSchemaOf(schema, 'input').secret === true },
    ]
  })
}

/** A variable's text where its schema takes it, or its default where it is not set. */
function textOf(schema: Schema, given: string | undefined): string | undefined {
  const parsed = schema.safeParse(given ? given : undefined)
  if (!parsed.success) return undefined
  if (given) return given
  return typeof parsed.data === 'string' || typeof parsed.data === 'number' ? String(parsed.data) : undefined
}

function attempt(read: () => string): string | undefined {
  try {
    return read()
  } catch {
    return undefined
  }
}

/** The variable that fewest agree with; the first side counts as right where that is open. */
function oddOneOut(groups: readonly (readonly Side[])[]): string {
  const ranked = groups
    .map((sides, index) => ({ sides, index }))
    .toSorted((a, b) => {
      return a.sides.length - b.sides.length || b.index - a.index
    })
  return ranked[0]?.sides[0]?.variable ?? ''
}

/** Where one side is a secret, none is shown: what should be the same, or is made of it, gives it away. */
function inWords({ variable, value, isDefault }: Side, isSecret: boolean): string {
  const shown = isSecret ? 'something else (a secret, not shown)' : value.replace(/\/\/[^/@]*@/, '//…@')
  return `${variable} says ${shown}${isDefault ? ' (its default)' : ''}`
}
