import { paint } from '#harness/report/paint.ts'
import { tableLines } from '#harness/report/table.ts'
import type { EdgeDescription, SystemDescription } from './describe-system.ts'

/** A system for people. */
export function systemLines({ system, places, components, edges, startOrder }: SystemDescription): readonly string[] {
  return [
    paint('bold', system),
    '',
    ...places.flatMap(({ path, holds, missing }) => [
      `${path}/  ${holds.length > 0 ? holds.join(', ') : paint('yellow', 'nothing')}`,
      ...missing.map((what) => `  ${paint('red', 'layout')} ${what}`),
    ]),
    '',
    ...tableLines([
      ['component', 'port', 'operations', 'states', 'stores'],
      ...components.map(({ name, port, operations, states, stores }) => [
        name,
        String(port ?? '-'),
        operations > 0 ? String(operations) : '-',
        states.length > 0 ? String(states.length) : '-',
        stores.join(', ') || '-',
      ]),
    ]),
    '',
    ...components
      .filter(({ states }) => states.length > 0)
      .map(({ name, states }) => `states of ${name}: ${states.join(', ')}`),
    ...edges.map(edgeLine),
    ...components
      .filter(({ unused }) => unused.length > 0)
      .map(({ name, unused }) => `in no pact with ${name}: ${paint('yellow', unused.join(', '))}`),
    `start order: ${startOrder.join(', ')}`,
  ]
}

function edgeLine({ edge, interactions, operations, used }: EdgeDescription): string {
  if (interactions === undefined) return `${edge}: ${paint('red', 'no pact that can be read')}`
  return `${edge}: ${interactions} interactions, ${used} of ${operations} operations used`
}
