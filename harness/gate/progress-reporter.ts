import { relative } from 'node:path'
import type { Reporter, Test, TestResult } from '@jest/reporters'
import { projectRoot } from '#harness/project/paths.ts'
import { progressMark } from './progress-mark.ts'

/** Tells the gate, one line per test file, how far a Jest run is. What failed is read from its results. */
// Jest asks a reporter for a default export.
// oxlint-disable-next-line import/no-default-export
export default class ProgressReporter implements Pick<Reporter, 'onTestResult'> {
  onTestResult(_test: Test, { testFilePath, numPassingTests, numFailingTests, perfStats }: TestResult): void {
    const failed = numFailingTests > 0 ? `, ${numFailingTests} failed` : ''
    const seconds = (perfStats.runtime / 1000).toFixed(1)
    const file = relative(projectRoot, testFilePath)
    process.stderr.write(`${progressMark}  ${file}   ${numPassingTests} passed${failed}   ${seconds} s\n`)
  }
}
