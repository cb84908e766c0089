import { writeSync } from 'node:fs'
import type { AggregatedResult, Reporter, TestContext } from '@jest/reporters'

/** Ends a run's output with one line of its totals, which any CI can read. */
// Jest asks a reporter for a default export.
// oxlint-disable-next-line import/no-default-export
export default class TotalsReporter implements Pick<Reporter, 'onRunComplete'> {
  onRunComplete(_contexts: Set<TestContext>, results: AggregatedResult): void {
    // A file that cannot even be loaded has no failed test, and is a failure all the same.
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites
    const skipped = results.numPendingTests + results.numTodoTests
    const line = `${results.numPassedTests} passed, ${failed} failed, ${skipped} skipped\n`
    // Jest prints its own summary after all reporters.
    process.once('exit', () => writeSync(process.stdout.fd, line))
  }
}
