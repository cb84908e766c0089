import type { Run } from '#harness/pact/stream/envelope.ts'
import type { BodyRules } from './pact-rules.ts'
import type { SeenBody } from './used-fields.ts'

/** What came over a stream or channel in one interaction of a pact. */
export type RunsUse = Readonly<{ index: number; runs: readonly Run[]; rules: BodyRules }>

/** The names of events or messages that come, in the order in which they first do. */
export function namesIn(uses: readonly RunsUse[]): readonly string[] {
  return [...new Set(uses.flatMap(({ runs }) => runs.map(({ name }) => name)))]
}

/** The data of all events or messages of one name. */
export function bodiesOfRuns(uses: readonly RunsUse[], name: string): readonly SeenBody[] {
  return uses.flatMap(({ index, runs, rules }) =>
    runs.flatMap((run, at) =>
      run.name !== name
        ? []
        : run.items.map((item, nth) => ({
            interaction: index,
            example: item.data,
            rules,
            paths: [`$[${at}].items[${nth}].data`, `$[${at}].items[*].data`],
          })),
    ),
  )
}

/** Whether a pact tells apart those that follow each other under a name: one in place of the next does not pass. */
export function doubledIsRefused({ runs, rules }: RunsUse, name: string): boolean {
  return runs.some(
    (run, at) =>
      run.name === name &&
      Object.keys(rules).some((path) => /\.items\[[1-9]\d*\]/.test(path) && path.startsWith(`$[${at}].`)),
  )
}
