import { objectOf, type Fields, type FieldsOutput } from './schema.ts'

/** Thrown where a component cannot start with the environment it was given. */
export class InvalidEnvironment extends Error {
  override readonly name = 'InvalidEnvironment'
  readonly problems: readonly EnvironmentProblem[]

  constructor(component: string, problems: readonly EnvironmentProblem[]) {
    const lines = problems.map((problem) => `  ${problem.variable}: ${problem.message}`)
    super(
      `${component} cannot start: its environment is incomplete.\n${lines.join('\n')}\nSet these variables and start again.`,
    )
    this.problems = problems
  }
}

export type EnvironmentProblem = Readonly<{ variable: string; kind: 'missing' | 'malformed'; message: string }>

/** What is missing or malformed in a set of variables. Empty strings count as missing; values are never repeated in messages. */
export function environmentProblems(
  fields: Fields,
  variables: Readonly<Record<string, string | undefined>>,
): readonly EnvironmentProblem[] {
  const parsed = objectOf(fields).safeParse(present(fields, variables))
  if (parsed.success) return []
  const seen = new Set<string>()
  return parsed.error.issues.flatMap((issue): EnvironmentProblem[] => {
    const variable = String(issue.path[0])
    if (seen.has(variable)) return []
    seen.add(variable)
    return variables[variable]
      ? [{ variable, kind: 'malformed', message: issue.message }]
      : [{ variable, kind: 'missing', message: fields[variable]?.description ?? 'is required' }]
  })
}

/**
 * Reads a component's environment, typed and with defaults.
 * @throws InvalidEnvironment naming every variable that is missing or malformed.
 */
export function readEnvironment<const F extends Fields>(
  component: string,
  fields: F,
  variables: Readonly<Record<string, string | undefined>>,
): FieldsOutput<F> {
  const problems = environmentProblems(fields, variables)
  if (problems.length > 0) throw new InvalidEnvironment(component, problems)
  return objectOf(fields).parse(present(fields, variables)) as FieldsOutput<F>
}

function present(fields: Fields, variables: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.keys(fields).flatMap((name) => {
      const value = variables[name]
      return value ? [[name, value]] : []
    }),
  )
}
