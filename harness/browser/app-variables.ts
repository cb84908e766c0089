import type { App } from './app.ts'
import { UsageError } from '#harness/project/usage-error.ts'

/**
 * The variables of an app that an environment has. An empty one is left to the pages: they take it for their own origin.
 * @throws UsageError for a value that the variable does not take.
 */
export function appVariables(
  { system, component }: App,
  environment: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string>> {
  const fields = Object.entries(system.components[component]?.environment ?? {})
  return Object.fromEntries(
    fields.flatMap(([name, schema]) => {
      const value = environment[name]
      if (value === undefined) return []
      const parsed = value === '' ? undefined : schema.safeParse(value)
      if (parsed?.success === false)
        throw new UsageError(`${name}: ${parsed.error.issues[0]?.message ?? 'it is not valid'}. Correct it.`)
      return [[name, value] as const]
    }),
  )
}
