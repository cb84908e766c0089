type Environment = Readonly<Record<string, Readonly<Record<string, string>>>>

/** Variables that every component of a stack gets: each reads those that it knows. */
export function withSettings(variables: Readonly<Record<string, string>>): Environment {
  return Object.fromEntries(
    ['coordinator', 'node-planner', 'node-worker', 'container'].map((component) => [component, variables]),
  )
}
