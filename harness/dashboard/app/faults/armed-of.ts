import type { EdgeView } from '#harness/control/types.ts'

type Armed = EdgeView['faults'][number]

/** A fault of an edge as it is armed again: without how often it acted. */
export function armedOf({ acted: _acted, ...armed }: Armed): Omit<Armed, 'acted'> {
  return armed
}
