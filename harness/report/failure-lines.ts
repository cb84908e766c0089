import type { Failure } from '#harness/gate/test-failures.ts'
import { paint } from './paint.ts'

/** So many failures are told in full; of the rest, only their number. */
const mostFailures = 30

/** Failed tests for people, each with what it said. */
export function failureLines(failures: readonly Failure[]): readonly string[] {
  const shown = failures
    .slice(0, mostFailures)
    .flatMap(({ file, titles, message }) => [
      paint('bold', `✗ ${[file, titles[0]].filter(Boolean).join(': ')}`),
      ...(titles.length > 1 ? [`  and ${titles.length - 1} more that failed alike`] : []),
      ...message.split('\n').map((line) => `  ${line}`),
      '',
    ])
  const left = failures.length - mostFailures
  return left > 0 ? [...shown, `… and ${left} more failures. See all with --json.`, ''] : shown
}
